using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;

namespace CustomerService.Reporting.Conversations;

/// <summary>What a stretch of the journal has for the list.</summary>
/// <param name="Conversations">The events of each conversation that it tells of, from its last erasure on.</param>
/// <param name="Erased">Conversations of which everything before these events is gone.</param>
/// <param name="Names">Customers' names, by their ids; null: the customer is erased.</param>
internal sealed record ListStretch(
    IReadOnlyDictionary<string, List<JournalEntry>> Conversations, IReadOnlySet<string> Erased, IReadOnlyDictionary<string, string?> Names)
{
    public static ListStretch Of(IEnumerable<JournalEntry> entries)
    {
        var (conversations, erased, names) = (new Dictionary<string, List<JournalEntry>>(), new HashSet<string>(), new Dictionary<string, string?>(StringComparer.Ordinal));
        foreach (var entry in entries)
        {
            if (entry.Event is ProfileUpdated { Profile: { Name: { } name } profile } && !string.IsNullOrWhiteSpace(name))
                names[profile.Id] = name;
            if (entry.Event is CustomerErased)
                names[entry.Grain.Key] = null;
            if (entry.Grain.Kind != GrainKinds.Conversation)
                continue;
            if (entry.Event is ConversationErased)
                erased.Add(entry.Grain.Key);
            if (entry.Event is ConversationErased || !conversations.TryGetValue(entry.Grain.Key, out var events))
                conversations[entry.Grain.Key] = events = [];
            events.Add(entry);
        }

        return new ListStretch(conversations, erased, names);
    }
}
