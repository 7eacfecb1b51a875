using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Reads <c>workflow:</c>, and finds filters and targets that nothing can reach.</summary>
internal sealed class WorkflowReader(KnownNames names, ImmutableDictionary<string, QueuePolicy> policies, Findings findings)
{
    private const double LongestWait = 14 * 86_400;

    /// <summary>The filters whose conditions could be read, in their order.</summary>
    private readonly List<(string Name, RouteCondition? When)> _readable = [];

    public Workflow Read(YamlMapping? section)
    {
        if (section is null)
            return Workflow.None;
        var map = new MappingReader(section, "'workflow'", findings, "filters", "default");
        var filters = ImmutableArray.CreateBuilder<WorkflowFilter>();
        foreach (var item in map.List("filters")?.Items ?? [])
        {
            if (item is YamlMapping filter)
                filters.Add(Filter(filter, [.. filters.Select(other => other.Name)]));
            else
                findings.Error(item.At, $"a filter is {item.Kind}, where a map is expected", "write '- when: …' with 'targets:' under it");
        }

        return new Workflow(filters.ToImmutable(), Targets(map.List("default")));
    }

    private WorkflowFilter Filter(YamlMapping section, string[] before)
    {
        var map = new MappingReader(section, "a filter", findings, "name", "when", "needs", "known_agent", "targets");
        var name = map.Text("name")?.Value ?? $"filter {before.Length + 1}";
        if (before.Contains(name, StringComparer.Ordinal))
            findings.Error(section.At, $"a filter before it is named '{name}' too", "give each filter a name of its own: it explains where a conversation went");
        if (map.Node("targets") is null)
            findings.Error(section.At, $"the filter '{name}' has no targets", "add 'targets:' with one '- queue: …' a line");
        var when = map.Node("when") as YamlScalar;
        if (map.Node("when") is { } node and not YamlScalar)
            findings.Error(node.At, $"'when' is {node.Kind}, where an expression is expected", "write it in one line, like: when: \"language == 'es' and tier != 'gold'\"");
        var condition = when is null ? null : Condition(when);
        if (when is null || condition is not null)
            CheckReachable(name, when?.At ?? section.At, condition);
        return new WorkflowFilter(name, condition, Targets(map.List("targets")), names.Needs(map.Map("needs")), KnownAgent(map));
    }

    // 'known_agent: 60s', or a map where its expiry is set too.
    private KnownAgent? KnownAgent(MappingReader filter)
    {
        double? wait, within = null;
        if (filter.Node("known_agent") is YamlMapping section)
        {
            var map = new MappingReader(section, "'known_agent'", findings, "wait", "within");
            if (map.Node("wait") is null)
                findings.Error(section.At, "'known_agent' has no wait", "add 'wait: 60s': for how long nobody else is asked");
            wait = map.Seconds("wait", 0, LongestWait);
            within = map.Seconds("within", 1);
        }
        else
        {
            wait = filter.Seconds("known_agent", 0, LongestWait);
        }

        return wait is > 0 and { } seconds ? new KnownAgent(seconds, within ?? Routing.KnownAgent.DefaultWithinSeconds) : null;
    }

    private RouteCondition? Condition(YamlScalar when)
    {
        try
        {
            var condition = RouteCondition.Parse(when.Text);
            _ = condition.Holds(["x", "x", "en", "chat", 0.0, "normal", 0L]);
            if (ConditionSpace.CanHold(condition))
                return condition;
            findings.Error(when.At, "this is never true, whatever the message", "check the values, and 'and' against 'or'");
        }
        catch (PipelineFormatException fault)
        {
            findings.Error(when.PositionOf(fault.Offset), fault.Problem, fault.Fix);
        }

        return null;
    }

    private void CheckReachable(string name, SourcePosition at, RouteCondition? condition)
    {
        if (_readable.Find(other => other.When is null) is { Name: { } always })
            findings.Error(at, $"the filter '{name}' is never reached: '{always}' before it takes everything", "put it before that one, or give that one a 'when'");
        else if (!ConditionSpace.CanHold(condition, _readable.Select(other => other.When!)))
            findings.Error(at, $"the filter '{name}' is never reached: the filters before it take everything that it fits", "put it before them, or make them narrower");
        _readable.Add((name, condition));
    }

    private ImmutableArray<RouteTarget> Targets(YamlSequence? list)
    {
        var targets = ImmutableArray.CreateBuilder<RouteTarget>();
        var items = list?.Items ?? [];
        if (list is { Items.Count: 0 })
            findings.Error(list.At, "there are no targets", "write one '- queue: …' a line");
        var lastTimeout = 0d;
        foreach (var (index, item) in items.Index())
        {
            if (item is not YamlMapping section)
            {
                findings.Error(item.At, $"a target is {item.Kind}, where a map is expected", "write '- queue: general', with 'timeout:' under it if it shall move on");
                continue;
            }

            var map = new MappingReader(section, "a target", findings, "queue", "timeout", "priority", "needs", "skip_if");
            var queue = map.RequiredText("queue", "general");
            var known = queue?.Value == Workflow.Routed ? queue : names.Queue(queue);
            var skipIf = SkipIf(map.Map("skip_if"), known?.Value, index == items.Count - 1);
            var timeout = map.Seconds("timeout", 1, LongestWait);
            CheckTimeout(map, section, timeout, lastTimeout, skipIf is not null, index == items.Count - 1);
            lastTimeout = timeout ?? lastTimeout;
            targets.Add(new RouteTarget(known?.Value ?? QueueNames.General, timeout, map.Whole("priority", 0, RoutingRules.MaxPriority), skipIf)
            {
                Needs = names.Needs(map.Map("needs")),
            });
        }

        return targets.ToImmutable();
    }

    private void CheckTimeout(MappingReader map, YamlMapping section, double? timeout, double last, bool canSkip, bool isLast)
    {
        if (isLast && timeout is not null)
            findings.Error(map.Node("timeout")!.At, "the last target has a timeout, and nothing comes after it", "remove the timeout, or add a target");
        else if (!isLast && timeout is null && !canSkip && map.Node("timeout") is null)
            findings.Error(section.At, "the targets after this one are never reached: here a conversation stays", "add 'timeout:' or 'skip_if:', or remove the targets after it");
        else if (timeout <= last && last > 0)
            findings.Error(
                map.Node("timeout")!.At,
                $"a conversation leaves the target before only when it has waited {Durations.Write(last)}, and this one at once then",
                "timeouts count from the handoff on, over all targets: write a longer one");
    }

    private SkipIf? SkipIf(YamlMapping? section, string? queue, bool isLast)
    {
        if (section is null)
            return null;
        var map = new MappingReader(section, "'skip_if'", findings, "no_agents", "closed", "paused", "waiting_over", "wait_over");
        var skipIf = new SkipIf(
            map.Truth("no_agents") ?? false, map.Truth("closed") ?? false, map.Truth("paused") ?? false,
            map.Whole("waiting_over", 0, 10_000_000), map.Seconds("wait_over", 1, LongestWait));
        if (skipIf.Closed && queue is not null && policies.TryGetValue(queue, out var policy) && policy.Terms.Calendar is null)
            findings.Warning(map.Node("closed")!.At, $"the queue '{queue}' has no calendar, and is never closed", "give it a 'calendar:', or leave this out");
        if (isLast && (queue is null || policies.GetValueOrDefault(queue)?.Overflow is null))
            findings.Warning(section.At, "nothing comes after the last target, so it is skipped to nowhere", "add a target, or remove 'skip_if:'");
        return skipIf is { NoAgents: false, Closed: false, Paused: false, WaitingOver: null, WaitOverSeconds: null } ? null : skipIf;
    }
}
