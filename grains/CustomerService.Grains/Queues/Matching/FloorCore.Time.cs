using System.Collections.Immutable;

namespace CustomerService.Grains.Queues.Matching;

// What time alone changes. The clock says up to when the placing of those who wait is right; a question about another instant moves it.
internal sealed partial class FloorCore
{
    private readonly SortedBlocks<DueEntry> openings = new();
    private readonly SortedBlocks<DueEntry> relaxations = new();
    private readonly HashSet<LineEntry> timed = [];
    private long clock = long.MinValue;

    public void MoveClock(long now)
    {
        if (now == clock)
            return;
        var isBack = now < clock;
        clock = now;
        if (isBack)
        {
            foreach (var entry in timed)
                Reopen(entry);
        }

        while (openings.Count > 0 && openings.First.At <= now)
            Reopen(openings.First.Entry);
    }

    /// <summary>The relaxation steps that are due, as changed conversations in their order in line.</summary>
    public ImmutableArray<WaitingConversation> DueRelaxations(long now)
    {
        var due = new List<LineEntry>();
        foreach (var relaxation in relaxations.Items().TakeWhile(relaxation => relaxation.At <= now))
            due.Add(relaxation.Entry);
        due.Sort((a, b) => a == b ? 0 : a.ComesBefore(b) ? -1 : 1);
        return [.. due.Select(entry => entry.Conversation with { Relaxed = StepAt(entry, now) })];
    }

    public long? NextChange(long now)
    {
        MoveClock(now);
        long? next = null;
        foreach (var delay in delays.Keys)
            next = Earlier(next, line.FirstSinceAfter(now - delay) + delay);
        if (openings.Count > 0)
            next = Earlier(next, openings.First.At);
        if (relaxations.Count > 0)
            next = Earlier(next, relaxations.First.At);
        return next;
    }

    private static long? Earlier(long? a, long? b) => a is null || b < a ? b : a;

    private static int StepAt(LineEntry entry, long now)
    {
        var step = entry.Conversation.Relaxed;
        while (entry.Ladder.Next(step) is { } rung && entry.Since + rung.Age <= now)
            step = rung.Step;
        return step;
    }

    private void Schedule(LineEntry entry)
    {
        if (entry.RelaxesAt is { } relaxesAt)
            relaxations.Add(new DueEntry(relaxesAt, entry));
        if (entry.Conversation.NotBefore is null && (entry.Conversation.PreferredAgent is null || entry.Conversation.PreferredUntil is null))
            return;
        timed.Add(entry);
        entry.OpensAt = NextOpening(entry.Conversation);
        if (entry.OpensAt is { } opensAt)
            openings.Add(new DueEntry(opensAt, entry));
    }

    private void Unschedule(LineEntry entry)
    {
        if (entry.RelaxesAt is { } relaxesAt)
            relaxations.Remove(new DueEntry(relaxesAt, entry));
        if (entry.OpensAt is { } opensAt)
            openings.Remove(new DueEntry(opensAt, entry));
        timed.Remove(entry);
    }

    private void Reopen(LineEntry entry)
    {
        if (entry.OpensAt is { } before)
            openings.Remove(new DueEntry(before, entry));
        entry.OpensAt = NextOpening(entry.Conversation);
        if (entry.OpensAt is { } opensAt)
            openings.Add(new DueEntry(opensAt, entry));
        Place(entry);
    }

    private long? NextOpening(WaitingConversation conversation) =>
        conversation.NotBefore?.UtcTicks is { } notBefore && notBefore > clock ? notBefore
        : conversation.PreferredAgent is not null && conversation.PreferredUntil?.UtcTicks is { } until && until > clock ? until
        : null;
}
