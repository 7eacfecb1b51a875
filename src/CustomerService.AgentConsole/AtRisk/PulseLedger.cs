using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.AgentConsole.AtRisk;

/// <summary>The pulse of the conversations in which something happened lately, in memory that does not grow. Safe to use from many threads.</summary>
internal sealed class PulseLedger(int capacity = PulseLedger.MostOpen)
{
    private const int MostOpen = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<string, Pulse> _young = new(StringComparer.Ordinal);
    private Dictionary<string, Pulse> _old = new(StringComparer.Ordinal);

    public Pulse this[string conversationId]
    {
        get
        {
            lock (_lock)
                return Find(conversationId);
        }
    }

    /// <summary>Those who asked again, or whose mood fell: they may be at risk though no promise is due.</summary>
    public ImmutableArray<string> Uneasy(int limit)
    {
        lock (_lock)
        {
            return [.. _young.Concat(_old.Where(each => !_young.ContainsKey(each.Key)))
                .Where(each => each.Value.Asked > 1 || each.Value.Fall >= RiskRanking.FallingMood)
                .OrderByDescending(each => each.Value.Asked + each.Value.Fall).Take(limit).Select(each => each.Key)];
        }
    }

    public void Add(JournalEntry entry)
    {
        if (entry.Grain.Kind != GrainKinds.Conversation)
            return;
        lock (_lock)
        {
            var id = entry.Grain.Key;
            switch (entry.Event)
            {
                case MessageReceived:
                    Put(id, Find(id) is var asked ? asked with { Asked = asked.Asked + 1 } : default);
                    break;
                case MessageSent { Author: Author.Agent or Author.Assistant }:
                case CustomerSpokenWith:
                    Put(id, Find(id) with { Asked = 0 });
                    break;
                case RunCompleted run:
                    Put(id, Find(id) is var felt ? felt with { MoodBefore = Better(felt.MoodBefore, felt.Mood), Mood = run.Signals.Sentiment } : default);
                    break;
                case ConversationResolved or ConversationErased:
                    _young.Remove(id);
                    _old.Remove(id);
                    break;
            }
        }
    }

    private static double? Better(double? one, double? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    private Pulse Find(string id) => _young.TryGetValue(id, out var pulse) || _old.TryGetValue(id, out pulse) ? pulse : default;

    private void Put(string id, Pulse pulse)
    {
        _young[id] = pulse;
        if (_young.Count >= capacity)
            (_old, _young) = (_young, new Dictionary<string, Pulse>(StringComparer.Ordinal));
    }
}
