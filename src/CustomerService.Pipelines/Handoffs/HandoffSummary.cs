using System.Globalization;
using System.Text;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>
/// The few lines that tell an agent who writes, what they want, how they feel and what was tried. It reads the context
/// package where the pipeline gives one, and the run's own findings for the rest.
/// </summary>
internal static class HandoffSummary
{
    private const int MostArticles = 3;

    public static string Of(RunScope run, IReadOnlyDictionary<string, object?>? package)
    {
        var text = new StringBuilder();
        Line(text, "Customer", Customer(run, package));
        Line(text, "Wants", Wants(run, package));
        Line(text, "Message", "“" + Short(run.Context.Message.Content, 200) + "”");
        Line(text, "Mood", Mood(run, package));
        Line(text, "Expect", string.Join("; ", run.Draft.Expectations));
        Line(text, "Tried", string.Join("; ", Tried(run)));
        Line(text, "Articles", string.Join("; ", Articles(package).Take(MostArticles).Select(article => article.Title)));
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The same, each thing by itself.</summary>
    public static HandoffFacts Facts(RunScope run) => new(run.Draft.Signals, Short(run.Context.Message.Content, HandoffFacts.MaxText))
    {
        OtherIntents = [.. run.Draft.OtherIntents],
        Expectations = [.. run.Draft.Expectations],
        Tried = [.. Tried(run)],
        Sources = run.Draft.Proposed?.Sources ?? [],
        Procedure = ProcedureOf(run),
        IdentityProven = run.Draft.Identity is not null || run.Context.Identity is not null,
        FailedProofs = FailedProofs(run),
    };

    /// <summary>The ids of the articles in the package, best first.</summary>
    public static IEnumerable<string> ArticleIds(IReadOnlyDictionary<string, object?>? package) => Articles(package).Select(article => article.Id);

    private static string Customer(RunScope run, IReadOnlyDictionary<string, object?>? package)
    {
        var profile = Values.Field(package, "customer");
        var name = run.Draft.Identity?.Name ?? run.Context.Identity?.Name ?? Values.Field(profile, "name") as string;
        var tier = Values.Field(profile, "tier") as string;
        var proven = run.Draft.Identity is not null || run.Context.Identity is not null ? "identity proven" : "identity not proven";
        return string.Join(", ", new[] { name ?? run.Context.CustomerId, tier, proven }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Wants(RunScope run, IReadOnlyDictionary<string, object?>? package)
    {
        var intent = run.Draft.Intent?.Intent ?? Values.Field(Values.Field(package, "intent"), "primary_intent") as string;
        var wants = intent is null or "unknown" ? "not clear" : intent.Replace('_', ' ');
        if (run.Draft.Intent is { Confidence: > 0 } known && intent == known.Intent)
            wants += string.Create(CultureInfo.InvariantCulture, $" ({known.Confidence:P0} sure)").Replace(" %", "%", StringComparison.Ordinal);
        return run.Context.Pending is { } pending && pending.Intent != intent ? $"{wants}; earlier {pending.Intent.Replace('_', ' ')}" : wants;
    }

    private static string Mood(RunScope run, IReadOnlyDictionary<string, object?>? package)
    {
        var sentiment = Values.Field(package, "sentiment");
        var score = run.Draft.Sentiment?.Score ?? Values.Number(Values.Field(sentiment, "sentiment_score"));
        if (score is not { } known)
            return "";
        var mood = known switch { < -0.5 => "upset", < -0.15 => "unhappy", > 0.4 => "happy", _ => "calm" };
        var emotions = string.Join(", ", run.Draft.Sentiment?.Emotions ?? []);
        var urgency = run.Draft.Sentiment?.Urgency ?? Values.Field(sentiment, "urgency_level") as string ?? "normal";
        return string.Create(CultureInfo.InvariantCulture, $"{mood} ({known:0.00}{(emotions.Length > 0 ? ", " + emotions : "")}), urgency {urgency}");
    }

    private static IEnumerable<string> Tried(RunScope run)
    {
        foreach (var line in run.Context.History)
        {
            if (line.Author == Author.Assistant)
                yield return "the assistant answered: “" + Short(line.Text, 120) + "”";
        }

        if (run.Context.Pending is { } pending)
            yield return $"the assistant asked for the {pending.Kind.Replace('_', ' ')}";
        if (ProcedureOf(run) is { } procedure)
            yield return Words(procedure);
        var failed = FailedProofs(run);
        if (failed > 0)
            yield return $"{failed} proof{(failed == 1 ? "" : "s")} of identity did not hold";
        if (run.Draft.Proposed is not null)
            yield return "an answer was written and not sent";
    }

    private static int FailedProofs(RunScope run) => run.Context.FailedProofs + (run.Draft.ProofFailed ? 1 : 0);

    /// <summary>Where the procedure stands after this run, or stood before it.</summary>
    private static ActiveProcedure? ProcedureOf(RunScope run) => run.Draft.Procedure ?? run.Context.Procedure;

    private static string Words(ActiveProcedure procedure)
    {
        // What begins with an underscore is the procedure's own bookkeeping.
        var gathered = string.Join(", ", procedure.Slots.Where(slot => !slot.Key.StartsWith('_')).OrderBy(slot => slot.Key, StringComparer.Ordinal).Select(slot => $"{slot.Key} {Short(slot.Value, 80)}"));
        var done = procedure.Done.IsEmpty ? "" : $"; done: {string.Join(", ", procedure.Done)}";
        var where = procedure.IsOver ? "is over" : $"is at its step '{procedure.Step}'";
        return $"{procedure.Name.Replace('_', ' ')} {where}{(gathered.Length > 0 ? $" with {gathered}" : "")}{done}";
    }

    private static IEnumerable<(string Id, string Title)> Articles(IReadOnlyDictionary<string, object?>? package)
    {
        if (Values.Field(Values.Field(package, "knowledge"), "relevant_articles") is not IReadOnlyList<object?> articles)
            yield break;
        foreach (var article in articles)
        {
            if (Values.Field(article, "id") is string id)
                yield return (id, Values.Field(article, "title") as string ?? id);
        }
    }

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append(name).Append(": ").Append(value).Append('\n');
    }

    internal static string Short(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var end = line.LastIndexOf(' ', most);
        end = end > most / 2 ? end : char.IsHighSurrogate(line[most - 1]) ? most - 1 : most;
        return line[..end] + "…";
    }
}
