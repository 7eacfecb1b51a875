using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Retention;
using CustomerService.Runtime;
using CustomerService.Silo.Crm;
using CustomerService.Staff;

namespace CustomerService.Silo.Retention;

/// <summary>
/// Erases what is older than the owner's rules have it kept: once a day, or when somebody wants it now. One process of a cluster does it. What is erased is gone from the list, so
/// whoever goes on after an interruption finds the rest.
/// </summary>
/// <param name="grains">Never refuses for load.</param>
internal sealed partial class RetentionRunner(
    IRetentionRules rules, RetentionList lists, DueConversations due, RetentionPreviews previews, ConversationEraser eraser, IGrainClient grains, AuditNotes audit, IDuty duty,
    RetentionInstruments instruments, TimeProvider time, ILogger<RetentionRunner> logger) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>So many at once; between two batches everybody else has their turn.</summary>
    private const int BatchLength = 20;

    private const string Act = "retention.erase";

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly StaffMember Who = StaffMember.System("retention");

    /// <remarks>When the duty goes elsewhere, or the process ends, whoever has it next goes on with the run.</remarks>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duty.WhileHeldAsync(RunAsync, stoppingToken);

    private async Task RunAsync(CancellationToken cancellation)
    {
        await new Rounds("Erasing what is old", time, logger).NowAndEachAsync(Pace, LookAsync, cancellation);
        instruments.Show(null);
    }

    /// <summary>Looks whether there is something to do, and does it. The run stays under way where it fails.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        await TakeRulesAsync(cancellation);
        var view = await ViewAsync(cancellation);
        if (view.Running is null && !view.IsDue(time.GetUtcNow()))
        {
            instruments.Show(rules.Current.KeepsEverything ? null : view.Past.FirstOrDefault());
            return;
        }

        if (!await lists.IsCurrentAsync(cancellation))
        {
            LogBehind();
            return;
        }

        await grains.AskAsync(Grain.Retention, new BeginErasing(), cancellation);
        var run = (await ViewAsync(cancellation)).Running!;
        await NoteAsync(run, "begins", $"{rules.Current}", cancellation);
        LogBegan(run.Id, run.By ?? "its time", rules.Current);
        await EndAsync(run, await EraseAllAsync(run, cancellation), cancellation);
    }

    /// <summary>Tells the grain what holds now. Who shortened by hand what is kept is told how much that is.</summary>
    private async Task TakeRulesAsync(CancellationToken cancellation)
    {
        var (now, known) = (rules.Current, (await ViewAsync(cancellation)).Rules);
        if (known?.IsSame(now) == true)
            return;
        string[] shorter = [.. now.ShorterThan(known ?? RetentionRules.Forever, time.GetUtcNow())];
        if (shorter.Length > 0)
            LogShorter(string.Join(", ", shorter), now, now.NextDue(time.GetUtcNow()), (await previews.LookAsync(now, cancellation)).Erased);
        await grains.AskAsync(Grain.Retention, new TakeRetentionRules(now), cancellation);
    }

    private async Task<ErasingCounts> EraseAllAsync(ErasingRun run, CancellationToken cancellation)
    {
        var counts = run.Counts with { Left = ErasingCounts.None.Left }; // What was left before an interruption is met again.
        var last = ImmutableArray<string>.Empty;
        foreach (var channel in rules.Current.Limited.ToImmutableArray())
        {
            var page = ImmutableArray<DueConversation>.Empty;
            // The rules are those of the moment: who has just had more kept is heard.
            while (rules.Current.Of(channel).NotAfter(run.BeganAt) is { } notAfter
                && (page = await due.PageAsync(channel, notAfter, page.IsEmpty ? null : page[^1].Row, BatchLength, cancellation)) is { IsEmpty: false })
            {
                var before = counts;
                (counts, var erased) = await eraser.EraseAsync(page, notAfter, rules.Current, counts, cancellation);
                last = erased.IsEmpty ? last : erased;
                await FollowAsync(before, counts, cancellation);
                await Task.Delay(Breath, time, cancellation);
            }
        }

        await lists.WaitUntilGoneAsync(last, cancellation);
        return await EraseCustomersAsync(run, counts, cancellation);
    }

    /// <summary>Customers of whom no conversation is left have no record left either.</summary>
    private async Task<ErasingCounts> EraseCustomersAsync(ErasingRun run, ErasingCounts counts, CancellationToken cancellation)
    {
        // What of one channel is long erased may be known of another: the shortest time counts, for who is left has no conversation of any.
        if (rules.Current.Limited.Select(channel => rules.Current.Of(channel).NotAfter(run.BeganAt)).Max() is not { } notAfter)
            return counts;
        ImmutableArray<string> page;
        for (string? after = null; !(page = await lists.Retention.CustomersWithoutConversationsAsync(after, BatchLength, cancellation)).IsEmpty; after = page[^1])
        {
            var before = counts;
            foreach (var customer in page)
            {
                if (await eraser.EraseCustomerAsync(customer, notAfter, cancellation))
                    counts = counts with { Customers = counts.Customers + 1 };
            }

            await FollowAsync(before, counts, cancellation);
            await Task.Delay(Breath, time, cancellation);
        }

        return counts;
    }

    private async Task FollowAsync(ErasingCounts before, ErasingCounts counts, CancellationToken cancellation)
    {
        instruments.CountErased(before, counts);
        await grains.AskAsync(Grain.Retention, new FollowErasing(counts), cancellation);
    }

    private async Task EndAsync(ErasingRun run, ErasingCounts counts, CancellationToken cancellation)
    {
        await NoteAsync(run, "ended", counts.ToString(), cancellation);
        await grains.AskAsync(Grain.Retention, new EndErasing(counts), cancellation);
        instruments.Show((await ViewAsync(cancellation)).Past.FirstOrDefault());
        LogEnded(run.Id, counts, (time.GetUtcNow() - run.BeganAt).TotalSeconds);
    }

    private async ValueTask<RetentionView> ViewAsync(CancellationToken cancellation) => (RetentionView)await grains.AskAsync(Grain.Retention, new GetRetention(), cancellation);

    /// <summary>Written down once, whoever goes on with the run.</summary>
    private ValueTask NoteAsync(ErasingRun run, string what, string detail, CancellationToken cancellation) => audit.NoteAsync(
        Who, Act, Permission.ManageRetention, Grain.Retention.ToString(), ActOutcome.Allowed, $"{run.Id} {what}{(run.By is { } by ? $" for {by}" : "")}: {detail}", id: $"{run.Id}:{what}",
        cancellation: cancellation);

    [LoggerMessage(LogLevel.Information, "Erasing {Run} begins, wanted by {By}: {Rules}")]
    private partial void LogBegan(string run, string by, RetentionRules rules);

    [LoggerMessage(LogLevel.Information, "Erasing {Run} ended after {Seconds:0.0} s: {Counts}")]
    private partial void LogEnded(string run, ErasingCounts counts, double seconds);

    [LoggerMessage(LogLevel.Warning, "Less is kept now of {Channels} ({Rules}): the next run, {At:u}, will erase {Number} conversations for good")]
    private partial void LogShorter(string channels, RetentionRules rules, DateTimeOffset at, int number);

    [LoggerMessage(LogLevel.Information, "Nothing is erased before the list of conversations and the figures have come up with the journal")]
    private partial void LogBehind();
}
