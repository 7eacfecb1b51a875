using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Reads <c>queues:</c>: each is a list of its intents, or a map with them and what the owner wants of it.</summary>
internal sealed class QueuesReader(KnownNames names, Findings findings)
{
    /// <summary>Warnings come after this part of a target, where the owner says nothing.</summary>
    private const double UsualWarning = 0.75;

    private readonly Dictionary<string, WrittenQueue> _written = new(StringComparer.Ordinal);

    /// <returns>The queue of each intent, and the policy of each queue.</returns>
    public (ImmutableDictionary<string, string> OfIntents, ImmutableDictionary<string, QueuePolicy> Policies) Read(
        YamlMapping? section, YamlMapping? defaults, WrittenServiceLevels levels)
    {
        var reader = new QueuePolicyReader(names, findings);
        var usual = reader.ReadDefaults(defaults);
        var intents = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var all = section is null ? null : new MappingReader(section, "'queues'", findings, [.. section.Entries.Select(entry => entry.Key.Text)]);
        foreach (var (queue, node) in section?.Entries ?? [])
        {
            if (queue.Text == Workflow.Routed)
                findings.Error(queue.At, $"no queue can be called '{Workflow.Routed}': targets say so to mean the queue of the message's intent", "choose another name");
            var written = node is YamlMapping map ? reader.Read(queue.Text, map, usual) : new WrittenQueue(usual, all!.Texts(queue.Text));
            _written[queue.Text] = written;
            foreach (var intent in written.Intents)
            {
                if (!intents.TryAdd(intent.Value, queue.Text))
                    findings.Error(intent.At, $"the intent '{intent.Value}' has the queue '{intents[intent.Value]}' already", "list it under one queue");
            }
        }

        CheckLoops("overflow", queue => queue.Overflow, "and those who find all of them full would go round");
        CheckLoops("escalate_to", queue => queue.EscalateTo, "and what escalates would come back");
        return (intents.ToImmutable(), names.Queues.ToImmutableDictionary(queue => queue, queue => Policy(queue, usual, levels), StringComparer.Ordinal));
    }

    private QueuePolicy Policy(string queue, QueuePolicy usual, WrittenServiceLevels levels)
    {
        var written = _written.GetValueOrDefault(queue) ?? new WrittenQueue(usual, []);
        var policy = written.Policy;
        return policy with
        {
            Terms = TermsVersion.Named(policy.Terms with
            {
                Targets = WrittenServiceLevels.Merge(levels, written.Levels),
                WarnAt = written.Levels.WarnAt ?? levels.WarnAt ?? UsualWarning,
                EscalateOnBreach = written.Levels.EscalateOnBreach ?? levels.EscalateOnBreach ?? false,
                Tier = policy.Tier,
                EscalateTo = policy.EscalateTo,
                WrapUp = policy.WrapUp is not null,
            }),
        };
    }

    private void CheckLoops(string key, Func<WrittenQueue, Located<string>?> next, string consequence)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, queue) in _written)
        {
            List<string> way = [start];
            for (var link = next(queue); link is { } to; link = _written.TryGetValue(to.Value, out var at) ? next(at) : null)
            {
                if (way.Contains(to.Value))
                {
                    if (to.Value == start && told.Add(way.Order(StringComparer.Ordinal).First()))
                        findings.Error(next(queue)!.Value.At, $"'{key}' leads round: {string.Join(" → ", way.Append(start))}, {consequence}", $"remove '{key}' from one of them");
                    break;
                }

                way.Add(to.Value);
            }
        }
    }
}
