using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Following;

/// <summary>A message that was understood.</summary>
/// <param name="Customer">Who wrote: whoever they proved to be, else their address.</param>
/// <param name="IsNewInItsHour">The conversation had not this intent in the hour before.</param>
/// <param name="IsMatter">Something is wanted: no greeting and nothing unknown.</param>
internal readonly record struct Signal(string Conversation, string Customer, string Intent, string Language, ImmutableArray<string> Words, bool IsNewInItsHour, bool IsMatter);

/// <summary>Puts together what the journal tells piece by piece: the message, whose it is, and what a run made of it.</summary>
internal sealed class JournalSignals
{
    private const int MostOpen = 20_000;

    private static readonly ImmutableHashSet<string> NoMatter = ["greeting", "goodbye", "thanks", "identity_details", "talk_to_human", "unknown"];

    private readonly Recent<(GrainId, string), ImmutableArray<string>> _words = new(MostOpen);
    private readonly Recent<GrainId, string> _customers = new(MostOpen);
    private readonly Recent<(GrainId, string), DateTimeOffset> _seen = new(MostOpen);

    /// <summary>What an entry tells together with those before it; null: nothing yet.</summary>
    public Signal? Read(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case MessageReceived received:
                _words[(entry.Grain, received.Interaction.Id)] = MessageWords.Of(received.Interaction.Content);
                if (!_customers.TryGet(entry.Grain, out _))
                    _customers[entry.Grain] = CustomerIds.ForAddress(received.Interaction.Channel, received.Interaction.Address);
                return null;
            case IdentityProven proven:
                _customers[entry.Grain] = $"shop:{proven.CustomerId}";
                return null;
            case RunCompleted run:
                var intent = run.Signals.Intent;
                _words.Take((entry.Grain, run.MessageId), out var words); // What somebody wrote is not kept longer than it is needed.
                _customers.TryGet(entry.Grain, out var customer);
                var isNew = !_seen.TryGet((entry.Grain, intent), out var last) || entry.At - last >= TimeSpan.FromHours(1);
                if (isNew)
                    _seen[(entry.Grain, intent)] = entry.At;
                return new Signal(
                    entry.Grain.Key, customer ?? entry.Grain.Key, intent, run.Signals.Language, words.IsDefault ? [] : words, isNew, !NoMatter.Contains(intent));
            default:
                return null;
        }
    }

    /// <summary>The newest so many values; what is older is forgotten.</summary>
    private sealed class Recent<TKey, TValue>(int capacity)
        where TKey : notnull
    {
        private Dictionary<TKey, TValue> _young = [];
        private Dictionary<TKey, TValue> _old = [];

        public TValue this[TKey key]
        {
            set
            {
                _young[key] = value;
                if (_young.Count >= capacity)
                    (_old, _young) = (_young, []);
            }
        }

        public bool Take(TKey key, out TValue? value)
        {
            var (wasOld, wasYoung) = (_old.Remove(key, out var old), _young.Remove(key, out value));
            value = wasYoung ? value : old;
            return wasYoung || wasOld;
        }

        public bool TryGet(TKey key, out TValue? value) => _young.TryGetValue(key, out value) || _old.TryGetValue(key, out value);
    }
}
