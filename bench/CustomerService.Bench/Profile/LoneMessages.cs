using System.Diagnostics;
using CustomerService.Bench.Running;
using CustomerService.Bench.Traffic;
using CustomerService.Gateway.Chat;

namespace CustomerService.Bench.Profile;

/// <summary>Sends messages one after another: each only when nothing is left to do for the one before.</summary>
internal sealed class LoneMessages(BenchSystem system, StageTimes times)
{
    public const string Intake = "intake";
    public const string ToAcknowledged = "= sent to acknowledged";
    public const string ToOutcome = "= sent to outcome";
    public const string Whole = "= the whole message";

    public async Task SendAsync(IReadOnlyList<PlannedMessage> plan, string name)
    {
        using var watch = new OutcomeWatch(system.Host.Journal);
        var retired = new HashSet<int>();
        for (var n = 0; n < plan.Count; n++)
        {
            var conversation = plan[n].Conversation is { } slot && !retired.Contains(slot) ? $"{name}-{slot}" : $"{name}-own-{n}";
            var message = new SendMessage { ConversationId = conversation, MessageId = $"{name}-{n}", Text = plan[n].Text };
            await SendAsync(watch, message);
            if (plan[n].Conversation is { } used && watch.IsWithPerson(conversation))
                retired.Add(used);
        }
    }

    private async Task SendAsync(OutcomeWatch watch, SendMessage message)
    {
        var outcome = watch.Expect(message.MessageId!);

        var started = Stopwatch.GetTimestamp();
        var accepting = system.Intake.AcceptAsync($"visitor-{message.ConversationId}", message, null, CancellationToken.None);
        times.AddSince(Intake, started);
        await accepting;
        times.AddSince(ToAcknowledged, started);
        var (_, at) = await outcome;
        times.Add(ToOutcome, Stopwatch.GetElapsedTime(started, at).TotalMicroseconds);
        await system.Store.WhenSettledAsync();
        times.AddSince(Whole, started);
        times.EndMessage();
    }
}
