using System.Globalization;
using System.Text;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Routing rules in words, for their owner: queues, hours, targets.</summary>
internal static class RoutingSummary
{
    public static string Of(RoutingRules rules)
    {
        var text = new StringBuilder();
        Queues(text, rules);
        Hours(text, rules);
        Targets(text, rules);
        return text.ToString().TrimEnd('\n');
    }

    private static void Queues(StringBuilder text, RoutingRules rules)
    {
        text.Append("\nQueues\n");
        foreach (var (name, policy) in rules.Policies.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append("  ").Append(name).Append('\n');
            var intents = rules.Queues.Where(entry => entry.Value == name).Select(entry => entry.Key).Order(StringComparer.Ordinal).ToArray();
            Line(text, "gets", intents.Length > 0 ? string.Join(", ", intents) : name == rules.DefaultQueue ? "whatever has no queue of its own" : "what is sent to it by name");
            Line(text, "tier", policy.Tier + (policy.EscalateTo is { } next ? $" → {next}" : ""));
            Line(text, "open", policy.Terms.Calendar is { } calendar ? $"{calendar.Name}; {(policy.WhenClosed == "callback" ? "closed: a call back is offered" : "closed: it waits for the opening")}" : "always");
            Promises(text, policy.Terms);
            Line(text, "known", policy.Terms.LastAgentSeconds > 0 ? $"who comes back waits {Durations.Write(policy.Terms.LastAgentSeconds)} for the same agent first" : "");
            Line(text, "offers", $"{Durations.Write(policy.OfferSeconds)} to {(policy.OfferTo == 1 ? "one agent at a time" : $"{policy.OfferTo} agents at once")}{(policy.MaxOffers > 0 ? $", at most {policy.MaxOffers}, then it escalates" : "")}");
            Line(text, "full", policy.MaxWaiting > 0 ? $"at {policy.MaxWaiting} waiting{(policy.Overflow is { } over ? $" → {over}" : "")}" : "");
            Line(text, "relaxes", string.Join("; ", policy.Relaxation.Select(Step)));
            Line(text, "wrap-up", policy.WrapUp is { } wrapUp ? $"{(wrapUp.Seconds > 0 ? Durations.Write(wrapUp.Seconds) : "until done")}{(wrapUp.Codes.IsEmpty ? "" : $": {string.Join(", ", wrapUp.Codes)}")}{(wrapUp.CodeRequired ? " (one is required)" : "")}" : "");
        }
    }

    private static void Hours(StringBuilder text, RoutingRules rules)
    {
        if (rules.Calendars.IsEmpty)
            return;
        text.Append("\nHours\n");
        foreach (var (name, calendar) in rules.Calendars.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append("  ").Append(name).Append(", ").Append(calendar.TimeZone).Append('\n');
            var days = OpenHours.Days("daily").Select(day => (Day: day, Hours: OpenHours.Write(calendar.Week.Where(span => span.Day == day)))).ToArray();
            for (var first = 0; first < days.Length;)
            {
                var last = first;
                while (last + 1 < days.Length && days[last + 1].Hours == days[first].Hours)
                    last++;
                Line(text, OpenHours.NameOf(days[first].Day) + (last > first ? "-" + OpenHours.NameOf(days[last].Day) : ""), days[first].Hours);
                first = last + 1;
            }

            foreach (var day in calendar.Exceptions)
                Line(text, day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{OpenHours.Write(day.Hours)} ({day.Name})");
        }
    }

    private static void Targets(StringBuilder text, RoutingRules rules)
    {
        text.Append("\nTargets\n");
        foreach (var filter in rules.Workflow.Filters)
        {
            text.Append("  ").Append(filter.Name).Append(filter.When is { } when ? $": if {when}\n" : ": always\n");
            Line(text, "needs", Needs(filter.Needs));
            Line(text, "first", filter.KnownAgent is { } known ? $"the agent who knows the customer, for {Durations.Write(known.WaitSeconds)}; not if that is more than {Durations.Write(known.WithinSeconds)} ago" : "");
            Route(text, filter.Targets);
        }

        if (rules.Workflow.Filters.LastOrDefault() is { When: null })
            return;
        text.Append(rules.Workflow.Filters.IsEmpty ? "  always\n" : "  otherwise\n");
        Route(text, rules.Workflow.Default.IsEmpty ? [new RouteTarget(Workflow.Routed, null, null, null)] : rules.Workflow.Default);
    }

    private static void Route(StringBuilder text, IEnumerable<RouteTarget> targets)
    {
        foreach (var (index, target) in targets.Index())
        {
            var queue = target.Queue == Workflow.Routed ? "the intent's queue" : target.Queue;
            var details = new[]
            {
                target.TimeoutSeconds is { } timeout ? $"until it has waited {Durations.Write(timeout)}" : "",
                target.Priority is { } priority ? $"priority {priority}" : "",
                target.Needs.IsEmpty ? "" : "needs " + Needs(target.Needs),
                target.SkipIf is { } skip ? "skipped if " + string.Join(" or ", Reasons(skip)) : "",
            };
            Line(text, index == 0 ? "goes to" : "then to", string.Join("; ", details.Prepend(queue).Where(detail => detail.Length > 0)));
        }
    }

    private static IEnumerable<string> Reasons(SkipIf skip)
    {
        if (skip.NoAgents)
            yield return "nobody is there";
        if (skip.Closed)
            yield return "closed";
        if (skip.Paused)
            yield return "paused";
        if (skip.WaitingOver is { } most)
            yield return $"more than {most} wait";
        if (skip.WaitOverSeconds is { } longest)
            yield return $"the wait is over {Durations.Write(longest)}";
    }

    private static string Needs(IEnumerable<SkillNeed> needs) =>
        string.Join(", ", needs.Select(need => $"{need.Skill} {need.Level}{(need.Required ? " required" : "")}"));

    private static string Step(RelaxationStep step) => $"after {Durations.Write(step.AfterSeconds)} " + string.Join(", ", new[]
    {
        step.LowerBy > 0 ? $"levels lower by {step.LowerBy}" : "",
        step.Drop.IsEmpty ? "" : $"without {string.Join(", ", step.Drop)}",
        step.DropAll ? "anybody" : "",
    }.Where(part => part.Length > 0));

    private static void Promises(StringBuilder text, QueueTerms terms)
    {
        var all = terms.TargetsFor(null);
        static string One(string what, double seconds) => seconds > 0 ? $"{what} {Durations.Write(seconds)}" : $"{what} not promised";
        Line(text, "promise", string.Join(", ", One("first reply", all.FirstResponse), One("next reply", all.NextResponse), One("resolved", all.Resolution))
            + string.Create(CultureInfo.InvariantCulture, $"; warned at {terms.WarnAt * 100:0.#}%") + (terms.EscalateOnBreach ? "; a breach escalates" : ""));
        foreach (var (tier, own) in terms.Targets.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var differs = new[]
            {
                own.FirstResponse != all.FirstResponse ? One("first reply", own.FirstResponse) : "",
                own.NextResponse != all.NextResponse ? One("next reply", own.NextResponse) : "",
                own.Resolution != all.Resolution ? One("resolved", own.Resolution) : "",
            };
            Line(text, "", string.Join(", ", differs.Where(one => one.Length > 0)) is { Length: > 0 } words ? $"{tier}: {words}" : "");
        }
    }

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append("    ").Append(name.PadRight(14)).Append(value).Append('\n');
    }
}
