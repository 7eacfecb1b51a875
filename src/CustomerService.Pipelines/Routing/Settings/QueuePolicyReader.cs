using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>A queue's settings before the service levels of the file are put under them.</summary>
internal sealed record WrittenQueue(QueuePolicy Policy, ImmutableArray<Located<string>> Intents)
{
    public WrittenServiceLevels Levels { get; init; } = WrittenServiceLevels.None;

    public Located<string>? EscalateTo { get; init; }

    public Located<string>? Overflow { get; init; }
}

/// <summary>Reads what the owner wants of one queue. What is left out comes from <c>queue_defaults</c>, else from the product's own defaults.</summary>
internal sealed class QueuePolicyReader(KnownNames names, Findings findings)
{
    /// <summary>Units that a desk has at most: whatever asks for more is never offered to anybody.</summary>
    private const int MostUnits = 100;

    private const double Day = 86_400;

    private static readonly string[] OfAll =
    [
        "max_waiting", "priority_point", "match_threshold", "agent_order", "relaxation", "offer", "units", "wrap_up",
        "calendar", "when_closed", "last_agent", "reopen", "close_after",
    ];

    private static readonly string[] OfOne = ["intents", "tier", "escalate_to", "overflow", "service_levels"];

    /// <summary>What holds for every queue that does not say otherwise.</summary>
    public QueuePolicy ReadDefaults(YamlMapping? section) =>
        section is null ? QueuePolicy.Default : Read(new MappingReader(section, "'queue_defaults'", findings, OfAll), QueuePolicy.Default).Policy;

    public WrittenQueue Read(string queue, YamlMapping section, QueuePolicy usual) =>
        Read(new MappingReader(section, $"the queue '{queue}'", findings, [.. OfOne, .. OfAll]), usual);

    private WrittenQueue Read(MappingReader map, QueuePolicy usual)
    {
        var escalateTo = names.Queue(map.Text("escalate_to"));
        var overflow = names.Queue(map.Text("overflow"));
        var calendar = names.Calendar(map.Text("calendar")) ?? usual.Terms.Calendar;
        var policy = new QueuePolicy
        {
            Tier = map.Text("tier")?.Value ?? usual.Tier,
            EscalateTo = escalateTo?.Value,
            Overflow = overflow?.Value,
            MaxWaiting = map.Whole("max_waiting", 0, 10_000_000) ?? usual.MaxWaiting,
            PriorityPointSeconds = map.Seconds("priority_point", 0, 7 * Day) ?? usual.PriorityPointSeconds,
            MatchThreshold = map.Number("match_threshold", 0, 0.99) ?? usual.MatchThreshold,
            AgentOrder = map.Word("agent_order", [.. AgentOrders.All]) ?? usual.AgentOrder,
            Relaxation = map.List("relaxation") is { } steps ? Relaxation(steps) : usual.Relaxation,
            Units = map.Map("units") is { } units ? Units(units) : usual.Units,
            WrapUp = map.Map("wrap_up") is { } wrapUp ? WrapUp(wrapUp) : usual.WrapUp,
            WhenClosed = map.Word("when_closed", "message", "callback") ?? usual.WhenClosed,
            Terms = usual.Terms with
            {
                Calendar = calendar,
                LastAgentSeconds = map.Seconds("last_agent", 0, 365 * Day) ?? usual.Terms.LastAgentSeconds,
                Reopen = map.Word("reopen", "assistant", "agent", "queue") ?? usual.Terms.Reopen,
                CloseAfterSeconds = map.Seconds("close_after") ?? usual.Terms.CloseAfterSeconds,
            },
        };
        CheckUseless(map, policy);
        return new WrittenQueue(Offer(map.Map("offer"), policy, usual), map.Texts("intents"))
        {
            Levels = ServiceLevelReader.Read(map.Map("service_levels"), "'service_levels' of a queue", findings),
            EscalateTo = escalateTo,
            Overflow = overflow,
        };
    }

    private void CheckUseless(MappingReader map, QueuePolicy policy)
    {
        if (map.Node("overflow") is { } overflow && policy.MaxWaiting == 0)
            findings.Warning(overflow.At, "nobody overflows, for the line is never full", "add 'max_waiting: 50', or what it shall be");
        if (map.Node("max_waiting") is { } most && policy is { MaxWaiting: > 0, Overflow: null })
            findings.Warning(most.At, "those who find the line full have nowhere to go, and wait in it all the same", "add 'overflow:' with another queue");
        if (map.Node("when_closed") is { } closed && policy.Terms.Calendar is null)
            findings.Warning(closed.At, "the queue is always open, so this never counts", "add 'calendar:' with the name of one");
    }

    private QueuePolicy Offer(YamlMapping? section, QueuePolicy policy, QueuePolicy usual)
    {
        if (section is null)
            return policy with { OfferSeconds = usual.OfferSeconds, OfferTo = usual.OfferTo, MaxOffers = usual.MaxOffers };
        var map = new MappingReader(section, "'offer'", findings, "seconds", "to", "max");
        return policy with
        {
            OfferSeconds = map.Seconds("seconds", 1, Day) ?? usual.OfferSeconds,
            OfferTo = map.Whole("to", 1, 50) ?? usual.OfferTo,
            MaxOffers = map.Whole("max", 0, 1_000) ?? usual.MaxOffers,
        };
    }

    private ImmutableArray<RelaxationStep> Relaxation(YamlSequence list)
    {
        var steps = ImmutableArray.CreateBuilder<RelaxationStep>();
        foreach (var item in list.Items)
        {
            if (item is not YamlMapping section)
            {
                findings.Error(item.At, $"a step of 'relaxation' is {item.Kind}, where a map is expected", "write '- { after: 2m, lower_by: 1 }'");
                continue;
            }

            var map = new MappingReader(section, "a step of 'relaxation'", findings, "after", "lower_by", "drop", "drop_all");
            var after = map.Seconds("after", 1) ?? 0;
            if (map.Node("after") is null)
                findings.Error(section.At, "a step of 'relaxation' does not say when", "add 'after: 2m'");
            else if (steps.Count > 0 && after > 0 && after <= steps[^1].AfterSeconds)
                findings.Error(map.Node("after")!.At, $"this step comes no later than the one before, after {Durations.Write(steps[^1].AfterSeconds)}", "put the steps in the order of their times");
            var drop = map.Texts("drop").Where(names.Skill).Select(skill => skill.Value);
            var step = new RelaxationStep(after, map.Whole("lower_by", 0, 4) ?? 0, [.. drop], map.Truth("drop_all") ?? false);
            if (step is { LowerBy: 0, DropAll: false } && map.Node("drop") is null)
                findings.Error(section.At, "this step relaxes nothing", "add 'lower_by: 1', 'drop: [skill]' or 'drop_all: true'");
            steps.Add(step);
        }

        if (steps is [.., { DropAll: false }])
            findings.Warning(list.Items[^1].At, "after the last step something may still be required, and a conversation may find no agent at all", "let the last step say 'drop_all: true'");
        return steps.ToImmutable();
    }

    private ImmutableDictionary<string, int> Units(YamlMapping section)
    {
        var map = new MappingReader(section, "'units'", findings, [.. ChannelNames.All]);
        return section.Entries
            .Where(entry => ChannelNames.All.Contains(entry.Key.Text))
            .Select(entry => (entry.Key.Text, Units: map.Whole(entry.Key.Text, 1, MostUnits)))
            .Where(entry => entry.Units is not null)
            .DistinctBy(entry => entry.Text)
            .ToImmutableDictionary(entry => entry.Text, entry => entry.Units!.Value, StringComparer.Ordinal);
    }

    private WrapUpPolicy WrapUp(YamlMapping section)
    {
        var map = new MappingReader(section, "'wrap_up'", findings, "seconds", "codes", "required");
        return new WrapUpPolicy(
            map.Seconds("seconds", 0, 24 * Day) ?? 0, [.. map.Texts("codes").Select(code => code.Value).Distinct(StringComparer.Ordinal)], map.Truth("required") ?? false);
    }
}
