using System.Text;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// What a row says: where the conversation stands, from its own record; what was written and what became of it, from the journal. Whether the journal is
/// read as it grows or later from its beginning, the row ends the same.
/// </summary>
internal static class ConversationFold
{
    /// <param name="before">The row as it was; null: there is none yet.</param>
    /// <param name="view">The conversation as it is now, or was after the last of <paramref name="events"/>.</param>
    /// <param name="events">What happened since, in order.</param>
    /// <param name="recordName">The name in the customer's record; null: there is none.</param>
    public static ConversationRow Of(ConversationRow? before, ConversationView view, IEnumerable<JournalEntry> events, string? recordName)
    {
        var row = before ?? new ConversationRow { Id = view.Id, Status = view.Status };
        foreach (var entry in events)
            row = After(row, entry);
        row = Standing(row, view);
        return row with { CustomerName = recordName ?? view.Identity?.Name ?? row.AddressName };
    }

    /// <summary>The texts by which its conversation is found later.</summary>
    public static ListLine? LineOf(JournalEntry entry)
    {
        var text = entry.Event switch
        {
            MessageReceived message => WithFiles(message.Interaction.Content, message.Interaction.Attachments),
            MessageSent message => WithFiles(message.Text, message.Attachments),
            MessageTranslated translation => translation.Text,
            NoteAdded note => note.Text,
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : new ListLine(entry.Grain.Key, entry.Sequence, text);
    }

    private static ConversationRow After(ConversationRow row, JournalEntry entry)
    {
        row = row with { Version = Math.Max(row.Version, entry.Sequence) };
        return entry.Event switch
        {
            MessageReceived { Interaction: var message } => Written(row, Author.Customer, WithFiles(message.Content, message.Attachments), entry.At) with
            {
                Subject = Metadata(message, SubjectKey) is { } subject ? Excerpt(subject) : row.Subject,
                AddressName = Metadata(message, NameKey) is { } name ? Excerpt(name) : row.AddressName,
            },
            MessageSent message => Written(row, message.Author, WithFiles(message.Text, message.Attachments), entry.At),
            HandedOff handoff => row with { Tier = handoff.Package.Tier },
            RunCompleted run => row with { ResolutionType = run.ResolutionType },
            RunFailed => row with { ResolutionType = ResolutionTypes.ErrorFallback },
            ConversationResolved => row with { SettledAt = entry.At },
            _ => row,
        };
    }

    private static ConversationRow Written(ConversationRow row, Author by, string text, DateTimeOffset at) =>
        row with { LastText = Excerpt(text), LastBy = by, LastMessageAt = at };

    private static ConversationRow Standing(ConversationRow row, ConversationView view) => row with
    {
        Status = view.Status,
        StatusSince = view.StatusSince ?? default,
        Queue = view.Queue,
        AgentId = view.AgentId,
        LastAgentId = view.AgentId ?? view.LastAgentId,
        OfferedTo = view.OfferedTo,
        Priority = view.Handoff?.Priority ?? 0,
        Channel = view.Channel,
        Account = view.Account,
        Address = view.Address,
        CustomerId = view.LinkedCustomerId ?? view.CustomerId,
        Language = view.CustomerLanguage,
        Intent = view.LastSignals?.Intent,
        Sentiment = view.LastSignals?.Sentiment,
        UnansweredSince = view.UnansweredSince,
        Messages = view.LastSequence,
        WaitingSince = view.WaitingSince,
        FirstResponseDue = DueOf(view, ServiceClocks.FirstResponse),
        NextResponseDue = DueOf(view, ServiceClocks.NextResponse),
        ResolutionDue = DueOf(view, ServiceClocks.Resolution),
        Breached = view.Clocks.Any(clock => clock.Breached),
        SnoozedUntil = view.SnoozedUntil,
        CallbackTo = view.Callback?.To,
        Rating = view.Rating?.Score,
        OpenedAt = view.CreatedAt ?? default,
        SettledAt = view.Status.IsSettled() ? row.SettledAt ?? view.StatusSince : null,
    };

    private static DateTimeOffset? DueOf(ConversationView view, string kind) => view.Clocks.FirstOrDefault(clock => clock.Kind == kind)?.DueAt;

    private static string WithFiles(string text, IEnumerable<Attachment> files) => string.Join(' ', [text, .. files.Select(file => file.Name)]);

    private static string? Metadata(Interaction message, string key) =>
        message.ChannelMetadata?.GetValueOrDefault(key) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The beginning on one line, never half of a surrogate pair.</summary>
    private static string Excerpt(string text)
    {
        var line = new StringBuilder(ConversationRow.MaxText);
        foreach (var letter in text.AsSpan().TrimStart())
        {
            var isSpace = char.IsWhiteSpace(letter) || char.IsControl(letter);
            if (!isSpace)
                line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
            if (line.Length == ConversationRow.MaxText)
                break;
        }

        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
            line.Length--;
        return line.ToString().TrimEnd();
    }

    // What channels that have them write with a message (MailMetadata).
    private const string SubjectKey = "subject";
    private const string NameKey = "name";
}
