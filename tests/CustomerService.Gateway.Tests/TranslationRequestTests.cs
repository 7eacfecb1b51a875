using System.Net;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class TranslationRequestTests
{
    [Fact]
    public async Task Held_reply_is_shown_to_staff_and_can_be_cancelled()
    {
        await using var centre = await SpanishAsync();

        var accepted = await centre.ActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-1", text = "It comes.", language = "en" });
        var held = (await centre.InternalAsync("c-1"))["replies"]![0]!;
        await Tell(centre, new FinishReply("r-1", 1) { Reason = "ours: down" });
        var failed = (await centre.InternalAsync("c-1"))["replies"]![0]!;
        (await centre.TryActAsync("c-1", "resolve", new { agentId = "ada" })).ShouldBe(409, "reply_not_sent");
        await centre.ActAsync("c-1", "replies/r-1/cancel", new { by = "ada" });
        var after = await centre.InternalAsync("c-1");

        Assert.Equal((true, 0), (accepted.Json["translating"]!.GetValue<bool>(), accepted.Json["sequence"]!.GetValue<int>()));
        Assert.Equal(("translating", "It comes.", "es"), (held["state"]!.GetValue<string>(), held["text"]!.GetValue<string>(), held["to"]!.GetValue<string>()));
        Assert.Equal(("not_translated", "ours: down"), (failed["state"]!.GetValue<string>(), failed["reason"]!.GetValue<string>()));
        Assert.Null(after["replies"]);
        (await centre.TryActAsync("c-1", "replies/r-1/cancel", new { by = "ada" })).ShouldBe(404, "no_such_reply");
    }

    [Fact]
    public async Task Translations_are_for_staff_alone_and_news_to_them()
    {
        await using var centre = await SpanishAsync();
        var customer = (await centre.Gateway.ReadAsync(RunningGateway.AgentToken, "c-1")).Json["standing"]!["lastSequence"]!.GetValue<int>();

        var news = centre.Gateway.ReadAsync(RunningGateway.AgentToken, "c-1", $"?after={customer}&wait=5");
        await Tell(centre, new NoteTranslations([new LineTranslation(2, "es", "en") { Text = "A person.", Provider = "ours" }]) { Id = "e-2" });
        var told = await news;
        var all = (await centre.InternalAsync("c-1"))["translations"]!.AsArray();

        Assert.Equal("A person.", told.Json["internal"]!["translations"]!.AsArray()[^1]!["text"]!.GetValue<string>());
        Assert.Equal([(1, "A person please (en)"), (2, "A person.")], all.Select(each => (each!["sequence"]!.GetValue<int>(), each["text"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Sent_translation_shows_the_original_to_staff_and_never_to_the_customer()
    {
        await using var centre = await ContactCentre.OpenAsync();
        var token = await HeldAsync(centre);

        await centre.ActAsync("c-1", "replies", new { agentId = "ada", messageId = "r-1", text = "It comes.", language = "en" });
        await Tell(centre, new FinishReply("r-1", 1) { Text = "Viene.", From = "en", Provider = "ours" });
        var theirs = await centre.Gateway.ReadAsync(token, "c-1");
        var original = (await centre.InternalAsync("c-1"))["translations"]!.AsArray()[^1]!;

        Assert.Equal("Viene.", theirs.Json["messages"]!.AsArray()[^1]!["text"]!.GetValue<string>());
        Assert.DoesNotContain("It comes.", theirs.Text, StringComparison.Ordinal);
        Assert.Equal(("It comes.", true), (original["text"]!.GetValue<string>(), original["original"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Preview_says_what_it_lacks_and_why_there_is_no_translation()
    {
        await using var centre = await SpanishAsync();

        var nobody = await centre.TryActAsync("c-1", "translate-preview", new { text = "Hello", language = "en" });
        var same = await centre.ActAsync("c-1", "translate-preview", new { text = "Hola", language = "es" });
        var without = await centre.TryActAsync("c-1", "translate-preview", new { text = "Hello" });
        var wrong = await centre.TryActAsync("c-1", "replies", new { agentId = "ada", text = "Hello", language = "english" });

        Assert.Contains("Not translated", nobody.ShouldBe(422, "not_translated")["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Hola", same.Json["text"]!.GetValue<string>());
        Assert.Equal("language", without.ShouldBe(400, "invalid_field")["field"]!.GetValue<string>());
        Assert.Equal("language", wrong.ShouldBe(400, "invalid_field")["field"]!.GetValue<string>());
    }

    private static async Task<ContactCentre> SpanishAsync()
    {
        var centre = await ContactCentre.OpenAsync();
        await HeldAsync(centre);
        return centre;
    }

    /// <summary>A customer who is known to write Spanish, with Ada, who does not.</summary>
    private static async Task<string> HeldAsync(ContactCentre centre)
    {
        await centre.ConfigureAsync("general", QueuePolicy.Default with { Terms = QueuePolicy.Default.Terms with { Version = "en", WorkLanguages = ["en"] } });
        var token = await centre.HeldAsync("c-1");
        await Tell(centre, new NoteTranslations([new LineTranslation(1, "es", "en") { Text = "A person please (en)", Provider = "ours" }])
        {
            CustomerLanguage = "es",
            Reader = ["en"],
            Id = "e-1",
        });
        return token;
    }

    private static async Task Tell(ContactCentre centre, Command command) =>
        Assert.IsType<Done>(await centre.Gateway.World.AskAsync(Grain.Conversation("c-1"), command));
}
