using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Explanations;

/// <summary>An explanation for people who did not write the program. Times are UTC, durations in words.</summary>
public static class ExplanationText
{
    /// <param name="now">For what is not over yet.</param>
    public static string Of(Explanation explanation, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Conversation {explanation.ConversationId}{Standing(explanation.States, now)}\n");
        if (explanation.Handoffs.IsEmpty)
            text.Append("\nThe assistant has had it all the time: it was never given to a person.\n");
        else
            text.Append("\nWhy a person, and why there\n");
        foreach (var handoff in explanation.Handoffs)
            Write(text, handoff);

        Section(text, "In line", explanation.Stays, stay => Write(text, stay, now));
        if (explanation.Now is { } match)
        {
            text.Append("\nRight now\n");
            Write(text, match, "  ");
        }

        Section(text, "What was done", explanation.Acts, act => text.Append(CultureInfo.InvariantCulture, $"  {Time(act.At)}  {act.Text}{By(act)}\n"));
        Section(text, "What was promised", explanation.Promises, promise => text.Append(CultureInfo.InvariantCulture, $"  {Promise(promise, now)}\n"));
        Section(text, "States", explanation.States, state => text.Append(
            CultureInfo.InvariantCulture, $"  {Time(state.From)}  {Durations.Padded(state.Until ?? now, state.From)}  {Words(state.Status),-11} {state.Reason}\n"));
        return text.ToString();
    }

    /// <summary>A status as people say it.</summary>
    public static string Words(ConversationStatus status) => status switch
    {
        ConversationStatus.OnHold => "on hold",
        ConversationStatus.WrapUp => "wrap-up",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static void Section<T>(StringBuilder text, string title, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        foreach (var item in items)
            write(item);
    }

    private static string Standing(ImmutableArray<ExplainedState> states, DateTimeOffset now) =>
        states is [.., var last] ? $": {Words(last.Status)} for {Durations.Words(now - last.From)}, since {last.From:yyyy-MM-dd HH:mm:ss} UTC" : "";

    private static void Write(StringBuilder text, ExplainedHandoff handoff)
    {
        var package = handoff.Package;
        text.Append(CultureInfo.InvariantCulture, $"  {Time(handoff.At)}  to {package.Queue} with priority {package.Priority}: {package.NewestReason()}\n");
        if (package.Route is { } route)
            text.Append(CultureInfo.InvariantCulture, $"            rule '{route.Rule}': {string.Join(", then ", route.Targets.OrEmpty().Select(Words))}\n");
        var asked = Asked(package);
        if (asked.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"            asked of the agent: {asked}\n");
        if (package.PreferredAgent is { } preferred)
            text.Append(CultureInfo.InvariantCulture, $"            {preferred} goes first for {Durations.Words(package.PreferredSeconds)}, if there\n");
        var customer = string.Join(", ", new[] { package.Tier is { } tier ? $"tier {tier}" : null, package.Language is { } language ? $"language {language}" : null }.OfType<string>());
        if (customer.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"            customer: {customer}\n");
    }

    private static string Words(RouteTarget target) =>
        $"{target.Queue}{(target.TimeoutSeconds is { } seconds ? $" until {Durations.Words(seconds)} have passed" : "")}{(target.Priority is { } priority ? $" (priority {priority})" : "")}";

    private static string Asked(HandoffPackage package) => package.Needs.IsEmpty
        ? string.Join(", ", package.Skills.OrEmpty())
        : string.Join(", ", package.Needs.Select(need => $"{need.Skill} at level {need.Level}{(need.Required ? ", required" : "")}"));

    private static void Write(StringBuilder text, ExplainedStay stay, DateTimeOffset now)
    {
        var earlier = stay.Since < stay.EnteredAt ? $", waiting since {Time(stay.Since)}" : "";
        text.Append(CultureInfo.InvariantCulture, $"  {Time(stay.EnteredAt)}  {stay.Queue}, priority {stay.Priority}{earlier}: {stay.Why}\n");
        var happened = stay.Relaxed.Select(relaxed => (relaxed.At, Write: (Action)(() => text.Append(CultureInfo.InvariantCulture, $"    {Time(relaxed.At)}  less is asked: {relaxed.What}\n"))))
            .Concat(stay.Offers.Select(offer => (At: offer.MadeAt, Write: (Action)(() => Write(text, offer, now)))));
        foreach (var (_, write) in happened.OrderBy(each => each.At))
            write();
        text.Append("    ").Append(stay.LeftAt is { } left
            ? $"{Time(left)}  left after {Durations.Words(left - stay.EnteredAt)}: {stay.Left}\n"
            : $"still there after {Durations.Words(now - stay.EnteredAt)}\n");
    }

    private static void Write(StringBuilder text, ExplainedOffer offer, DateTimeOffset now)
    {
        var took = Durations.Words((offer.EndedAt ?? now) - offer.MadeAt);
        var end = offer.EndedAt is null ? $"no answer yet after {took}"
            : $"{Outcome(offer.Outcome)} after {took}{(string.IsNullOrEmpty(offer.Reason) ? "" : $" ({offer.Reason})")}{(offer.State == offer.Outcome ? "" : $"; {offer.State}")}";
        text.Append(CultureInfo.InvariantCulture, $"    {Time(offer.MadeAt)}  offered to {offer.AgentId}: {end}\n");
        if (offer.Match is { } match)
            Write(text, match, "              ");
    }

    private static void Write(StringBuilder text, MatchView match, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{match.Why}\n");
        if (match.Wanted.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}wanted: {match.Wanted}{(match.Relaxed.OrEmpty().IsEmpty ? "" : $"; relaxed: {string.Join("; ", match.Relaxed)}")}\n");
        foreach (var agent in match.Considered.OrEmpty())
            text.Append(CultureInfo.InvariantCulture, $"{indent}{agent.Verdict,-7} {agent.AgentId}: {agent.Why}\n");
        if (match.Others > 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}and {match.Others} more were looked at\n");
    }

    private static string By(ExplainedAct act) => act.Text.Contains(act.By, StringComparison.Ordinal) ? "" : $" (by {act.By})";

    private static string Outcome(string outcome) => outcome switch
    {
        OfferStates.TimedOut => "not answered, taken back",
        OfferStates.Rescinded => "taken back",
        _ => outcome,
    };

    private static string Promise(ExplainedPromise promise, DateTimeOffset now)
    {
        var end = promise switch
        {
            { Met: true } => $"kept, after {Durations.Words(promise.SpentSeconds ?? 0)}",
            { StoppedAt: not null, Met: null } => $"settled without a reply, after {Durations.Words(promise.SpentSeconds ?? 0)}",
            { Met: false } => $"broken, after {Durations.Words(promise.SpentSeconds ?? 0)}",
            { BreachedAt: { } broken } => $"broken at {Time(broken)}",
            { Pauses: [.., { Until: null, From: var from }] } => $"stands still since {Time(from)}",
            _ => promise.DueAt > now ? $"due at {Time(promise.DueAt)}" : "due",
        };
        var warned = promise.WarnedAt is { } warning ? $", warned at {Time(warning)}" : "";
        return $"{Time(promise.StartedAt)}  {promise.Kind.Replace('_', ' ')} within {Durations.Words(promise.TargetSeconds)}: {end}{warned}";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>How long something took, in words.</summary>
public static class Durations
{
    public static string Words(double seconds) => Words(TimeSpan.FromSeconds(seconds));

    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "under 1 s",
        { TotalMinutes: < 1 } => $"{time.Seconds} s",
        { TotalHours: < 1 } => Two(time.Minutes, "min", time.Seconds, "s"),
        { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "min"),
        _ => Two((int)time.TotalDays, "d", time.Hours, "h"),
    };

    internal static string Padded(DateTimeOffset until, DateTimeOffset from) => Words(until - from).PadLeft(12);

    private static string Two(int big, string bigUnit, int small, string smallUnit) =>
        small == 0 ? $"{big} {bigUnit}" : $"{big} {bigUnit} {small} {smallUnit}";
}
