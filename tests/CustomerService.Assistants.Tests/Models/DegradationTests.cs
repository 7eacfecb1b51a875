using CustomerService.Assistants.Tests.Support;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Models;

/// <summary>A vendor in trouble: customers are answered all the same, soon nobody waits for it, and nothing piles up.</summary>
public sealed class DegradationTests
{
    private const string Question = "What is your return policy?";

    public static TheoryData<string> Troubles => new("429", "500", "529", "hang", "garbage", "drip", "stall", "close");

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task VendorInTrouble_IsLeftAlone_AndTheLocalPathAnswers(string trouble)
    {
        using var server = new ModelServer().Answer(trouble switch
        {
            "hang" => ModelServer.Reply.Hang,
            "drip" => ModelServer.Reply.Drip,
            "stall" => ModelServer.Reply.Stall,
            "close" => ModelServer.Reply.Close,
            "garbage" => ModelServer.Reply.Raw("HTTP/1.1 500 X\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<garbage>"),
            _ => ModelServer.Error(int.Parse(trouble)),
        });
        var brief = TimeSpan.FromMilliseconds(200);
        using var assistant = new Assistant(server.Settings() with { AttemptTimeout = brief, StallTimeout = brief, Retries = 0, BreakAfter = 8 });
        var role = new ModelRole("writing", "openai", "gpt-4", 0, null);
        await assistant.AnswerAsync(assistant.Scope(Question)); // whatever is made once is made
        // Forty conversations at once, as a busy minute has them; each asks for mood, intent and answer.
        var runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => assistant.AnswerAsync(assistant.Scope(Question), role))));
        var late = await assistant.AnswerAsync(assistant.Scope(Question), role);

        Assert.All(runs, run => Assert.Contains("30 days", run.Text, StringComparison.Ordinal));
        Assert.Contains("left alone after repeated failures", late.Sentiment.Note, StringComparison.Ordinal);
        Assert.Contains("30 days", late.Text, StringComparison.Ordinal);
        // A run asks a model that it could not reach once; those under way when the circuit opened had asked already.
        Assert.True(server.Requests.Count <= 40, $"{server.Requests.Count} requests for 41 runs of three questions.");
        Assert.True(ThreadPool.ThreadCount < 40, $"{ThreadPool.ThreadCount} threads for 40 waiting runs: none may hold one.");
    }
}
