using System.Text.Json.Nodes;
using CustomerService.Grains.Agents;
using CustomerService.Silo.Interpreting;
using CustomerService.Tests;
using CustomerService.Translation.Tests.Support;

namespace CustomerService.Silo.Tests.Interpreting;

/// <summary>An agent who reads English and a customer who writes Spanish, in the whole system.</summary>
public sealed class InterpretingTests(ApertiumServer apertium) : IClassFixture<ApertiumServer>
{
    private const string AsksForAPerson = "Hola, mi pedido #W7654321 no ha llegado todavía. Quiero hablar con una persona, por favor.";

    [RequiresFact("apertium")]
    public async Task WholeConversation_EachReadsTheirOwnLanguage_ByARealTranslator()
    {
        await using var chat = await InterpretedChat.StartAsync(InterpretedChat.Settings("apertium", apertium.Address));
        await chat.BeginAsync(AsksForAPerson);

        var first = await chat.TranslationAsync(1);
        await chat.SayAsync("m-2", "¿Cuánto cuesta el envío a Madrid? Pagué 49,99 € ayer.");
        var page = await chat.SeeAsync(now => now["messages"]!.AsArray().Any(message => (string?)message!["id"] == "m-2"));
        var sequence = (long)page["messages"]!.AsArray().Last(message => (string?)message!["id"] == "m-2")!["sequence"]!;
        var second = await chat.TranslationAsync(sequence);
        var preview = (await chat.AgentAsync(HttpMethod.Post, $"api/conversations/{InterpretedChat.Conversation}/translate-preview", new JsonObject
        {
            ["agentId"] = "ada",
            ["text"] = "The parcel #W7654321 arrives tomorrow.",
            ["language"] = "en",
        }))!;
        var accepted = await chat.ReplyAsync("r-1", "Hello, I am Ada. The parcel #W7654321 arrives tomorrow and costs $5.00.");
        var seen = await chat.CustomerSeesAsync(now => now["messages"]!.AsArray().Any(message => (string?)message!["id"] == "r-1"));
        var reply = seen["messages"]!.AsArray().Single(message => (string?)message!["id"] == "r-1")!;
        var original = await chat.TranslationAsync((long)reply["sequence"]!);

        Contains((string)first["text"]!, "#W7654321", "person", "arrived");
        Contains((string)second["text"]!, "49,99 €", "Madrid", "yesterday");
        Contains((string)preview["text"]!, "#W7654321", "mañana");
        Assert.True((bool)accepted["translating"]!);
        Contains((string)reply["text"]!, "Hola", "Ada", "#W7654321", "$5.00", "mañana");
        Assert.Equal(("en", "ours", true), ((string)original["language"]!, (string)original["provider"]!, (bool)original["original"]!));
        Assert.StartsWith("Hello, I am Ada.", (string)original["text"]!, StringComparison.Ordinal);
        Assert.Null(seen["internal"]);
    }

    [Fact]
    public async Task ReplyThatNobodyCanTranslate_IsShown_AndItsAgentDecides()
    {
        using var server = TranslationServer.Libre(text => $"[{text}]");
        await using var chat = await InterpretedChat.StartAsync(InterpretedChat.Settings("libretranslate", server.Address));
        await chat.BeginAsync(AsksForAPerson);
        await chat.TranslationAsync(1);

        server.Translate = _ => new TranslationServer.Said(500, "");
        await chat.ReplyAsync("r-1", "One moment please");
        var held = await chat.SeeAsync(page => (string?)page["internal"]!["replies"]?[0]?["state"] == "not_translated");
        await chat.ReplyAsync("r-1", "One moment please", asIs: true);
        var seen = await chat.CustomerSeesAsync(page => page["messages"]!.AsArray().Any(message => (string?)message!["id"] == "r-1"));

        Assert.Contains("ours: it failed (HTTP 500)", (string)held["internal"]!["replies"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.Equal("es", (string)held["internal"]!["customerLanguage"]!);
        Assert.DoesNotContain(held["messages"]!.AsArray(), message => (string?)message!["id"] == "r-1");
        Assert.Equal("One moment please", (string)seen["messages"]!.AsArray().Single(message => (string?)message!["id"] == "r-1")!["text"]!);
    }

    [Fact]
    public async Task ReplyInTheCustomersLanguage_IsTold_AndGoesOutAsItIs()
    {
        using var server = TranslationServer.Libre(text => $"[{text}]");
        await using var chat = await InterpretedChat.StartAsync(InterpretedChat.Settings("libretranslate", server.Address));
        await chat.BeginAsync(AsksForAPerson);
        await chat.TranslationAsync(1);

        await chat.ReplyAsync("r-1", "Buenos días, ahora mismo miro dónde está su pedido.", language: null);
        var seen = await chat.CustomerSeesAsync(page => page["messages"]!.AsArray().Any(message => (string?)message!["id"] == "r-1"));

        Assert.Equal("Buenos días, ahora mismo miro dónde está su pedido.", (string)seen["messages"]!.AsArray().Single(message => (string?)message!["id"] == "r-1")!["text"]!);
    }

    [Fact]
    public async Task TranslationThatSaysWhatMustNotBeSaid_IsHeldBack()
    {
        using var server = TranslationServer.Libre(text => $"[{text}]");
        await using var chat = await InterpretedChat.StartAsync(InterpretedChat.Settings("libretranslate", server.Address));
        await chat.BeginAsync(AsksForAPerson);
        await chat.TranslationAsync(1);

        server.Translate = _ => TranslationServer.Said.Libre("Esto es solo para uso interno y es culpa suya");
        await chat.ReplyAsync("r-1", "I look into it and write to you again");
        var held = await chat.SeeAsync(page => (string?)page["internal"]!["replies"]?[0]?["state"] == "not_translated");

        Assert.Contains("must not be sent", (string)held["internal"]!["replies"]![0]!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnglishCustomer_AsksNobody()
    {
        using var server = TranslationServer.Libre(text => $"[{text}]");
        await using var chat = await InterpretedChat.StartAsync(InterpretedChat.Settings("libretranslate", server.Address));
        await chat.BeginAsync("Hello, I want to talk to a human agent about my parcel.");

        var sent = await chat.ReplyAsync("r-1", "Hello, here I am.", language: null);

        Assert.Null(sent["translating"]);
        Assert.Empty(server.Translations);
    }

    [Fact]
    public void AgentsSkills_GoBeforeTheQueuesLanguages()
    {
        AgentView With(params string[] skills) => new("ada", "Ada", "available", 1, 1, ["general"], [.. skills], [], []);

        static string Languages(AgentView? agent, params string[] ofQueue) => string.Join(' ', Readers.LanguagesOf(agent, [.. ofQueue]));

        Assert.Equal("en", Languages(With("refunds"), "en"));
        Assert.Equal("en fr", Languages(With("language.fr", "language.en"), "en", "es"));
        Assert.Equal("es", Languages(With("language.es"), "en"));
        Assert.Equal("en", Languages(null, "en"));
    }

    private static void Contains(string text, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase));
}
