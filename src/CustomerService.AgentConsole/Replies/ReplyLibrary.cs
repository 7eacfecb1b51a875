using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Replies;

/// <summary>Something that an agent finds by typing <c>/</c>.</summary>
/// <param name="Shortcut">Unique in the file: small letters, digits and dashes.</param>
/// <param name="Queues">For conversations of these; empty: of all.</param>
public abstract record LibraryEntry(string Shortcut, LocalText Title, ImmutableArray<string> Queues);

/// <summary>A reply that the owner wrote once for many customers; variables such as <c>{{customer.name}}</c> are filled in.</summary>
public sealed record CannedReply(string Shortcut, LocalText Title, ImmutableArray<string> Queues, LocalText Text) : LibraryEntry(Shortcut, Title, Queues);

/// <summary>Several acts as one, in this order.</summary>
public sealed record Macro(string Shortcut, LocalText Title, ImmutableArray<string> Queues, ImmutableArray<MacroStep> Steps) : LibraryEntry(Shortcut, Title, Queues);

/// <summary>One act of a macro.</summary>
public abstract record MacroStep
{
    private MacroStep()
    {
    }

    /// <summary>Sends the canned reply of that shortcut.</summary>
    public sealed record Reply(string Shortcut) : MacroStep;

    /// <summary>Writes a private note; variables are filled in.</summary>
    public sealed record Note(string Text) : MacroStep;

    /// <param name="Message">For the next agent; null: none.</param>
    public sealed record Transfer(string Queue, string? Message) : MacroStep;

    public sealed record Snooze(TimeSpan For) : MacroStep;

    public sealed record Hold : MacroStep;

    /// <param name="Code">Of the wrap-up; null: the agent chooses it, where the queue asks for one.</param>
    public sealed record Resolve(string? Code, string? Message) : MacroStep;
}

/// <summary>All that the owner's <c>replies.yaml</c> has.</summary>
public sealed record ReplyLibrary(ImmutableArray<CannedReply> Replies, ImmutableArray<Macro> Macros)
{
    public static ReplyLibrary Empty { get; } = new([], []);

    /// <summary>What fits what was typed, best first: whose shortcut begins so, whose title does, in which it occurs.</summary>
    /// <param name="queue">The conversation's; null: entries of all queues only.</param>
    /// <param name="language">The agent's, for titles and texts.</param>
    public ImmutableArray<LibraryEntry> Find(string typed, string? queue, string language)
    {
        var wanted = typed.Trim();
        return
        [
            .. Replies.Concat<LibraryEntry>(Macros)
                .Where(entry => entry.Queues.IsEmpty || (queue is not null && entry.Queues.Contains(queue)))
                .Select(entry => (Entry: entry, Rank: Rank(entry, wanted, language)))
                .Where(found => found.Rank < NoMatch)
                .OrderBy(found => found.Rank)
                .Select(found => found.Entry),
        ];
    }

    public CannedReply? Reply(string shortcut) => Replies.FirstOrDefault(reply => reply.Shortcut == shortcut);

    private const int NoMatch = 4;

    private static int Rank(LibraryEntry entry, string wanted, string language)
    {
        var title = entry.Title.In(language).Text;
        return entry.Shortcut.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
            : title.StartsWith(wanted, StringComparison.CurrentCultureIgnoreCase) ? 1
            : title.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) || entry.Shortcut.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 2
            : entry is CannedReply reply && reply.Text.In(language).Text.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) ? 3
            : NoMatch;
    }
}
