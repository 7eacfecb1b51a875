using System.Net;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>What a provider could not bring for a time, it brings in one call.</summary>
public sealed class BatchTests
{
    private const string Neighbour = "7254459154682920";

    private static readonly GatewayOptions OneAtATime = RunningGateway.Options with { VisitorLimit = new RateLimit(1, 1) };

    [Fact]
    public async Task MoreMessagesOfOneSenderThanTheLimit_ComeInWithOneCall()
    {
        await using var shop = await SocialShop.OpenAsync(OneAtATime);
        var ids = Enumerable.Range(1, 100).Select(number => $"m{number}").ToArray();

        Assert.Equal(HttpStatusCode.OK, (await shop.CallAsync(Call(ids))).Status);

        Assert.Equal(ids, await shop.ReceivedAsync(SocialShop.ConversationWith()));
    }

    [Fact]
    public async Task SenderInAHurry_IsPutOff_WithoutWhoIsInTheSameCall()
    {
        await using var shop = await SocialShop.OpenAsync(OneAtATime);
        await shop.CallAsync(Call(["m1"]));

        // Somewhere in a second the limit grants one more; whoever goes on at once is put off.
        Answer answer;
        var number = 1;
        do
        {
            answer = await shop.CallAsync(Call([$"m{++number}"], [$"n{number}"]));
        }
        while (answer.Status == HttpStatusCode.OK && number < 200);

        answer.ShouldBe(429, "too_many_requests");
        Assert.Equal(number - 1, (await shop.ReceivedAsync(SocialShop.ConversationWith())).Count);
    }

    [Fact]
    public async Task WhoIsWithinTheLimit_IsTakenOutOfACallThatIsPutOff()
    {
        await using var shop = await SocialShop.OpenAsync(OneAtATime);
        Answer answer;
        var number = 0;
        do
        {
            answer = await shop.CallAsync(Call([$"m{++number}"]));
        }
        while (answer.Status == HttpStatusCode.OK && number < 200);

        await shop.CallAsync(Call([$"m{number}"], ["n1"]));

        Assert.Equal(["n1"], await shop.ReceivedAsync(SocialShop.ConversationWith(Neighbour)));
    }

    [Fact]
    public async Task MoreThanIsAnsweredYet_IsBroughtAgain_NotLost()
    {
        var hold = new TaskCompletionSource();
        var world = new GrainWorld { Script = async context => { await hold.Task; return Outcomes.Answer(context.Message.Content); } };
        await using var shop = await SocialShop.OpenAsync(world: world);
        var ids = Enumerable.Range(1, 257).Select(number => $"m{number}").ToArray();

        var answer = await shop.CallAsync(Call(ids, ["n1"]));

        answer.ShouldBe(429, "too_many_requests");
        Assert.Equal(ids[..256], await shop.ReceivedAsync(SocialShop.ConversationWith()));
        Assert.Equal(["n1"], await shop.ReceivedAsync(SocialShop.ConversationWith(Neighbour)));
        hold.SetResult();
    }

    private static byte[] Call(string[] ids, string[]? neighbours = null) => SocialShop.Call(SocialShop.Entry(
        SocialNetwork.PageId, [.. ids.Select(id => Said(id, SocialShop.Customer)), .. (neighbours ?? []).Select(id => Said(id, Neighbour))]));

    private static object Said(string id, string from) => SocialNetwork.PageMessage(id, new { text = "Hello" }, from);
}
