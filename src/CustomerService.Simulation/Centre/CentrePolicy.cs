using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>The owner's routing rules, as the simulated centre follows them.</summary>
/// <param name="Source">Where they are from, for people.</param>
public sealed record CentrePolicy(string Source, RoutingRules Rules)
{
    /// <param name="file">How messages name it; files that it names are looked for beside it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists each with line, column and fix.</exception>
    public static CentrePolicy Parse(string text, string file) => new(Path.GetFileName(file), RoutingRulesFile.Parse(text, file));

    public QueuePolicy PolicyOf(string queue) => Rules.Policies.GetValueOrDefault(queue, QueuePolicy.Default);

    /// <summary>What the pipeline would hand over. It is not run: the contact says what it would have understood.</summary>
    public HandoffPackage HandoffFor(Contact contact)
    {
        var question = new RoutingQuestion(
            contact.Intent, contact.Sentiment, contact.Urgency, contact.Tier, contact.Language, contact.Priority ?? 0, Channel: contact.Channel);
        var choice = RoutingChoice.Of(question, Rules);
        if (contact.Priority is { } priority)
            choice = choice with { Priority = priority };
        var route = contact.Queue is { } queue
            ? new ChosenRoute(queue, null, ChosenRoute.WithLanguage([], contact.Language, Rules))
            : ChosenRoute.Of(question, choice, Rules);
        return new HandoffPackage(route.Queue, choice.Priority, choice.Reason, "", Skills(contact), [])
        {
            Needs = [.. route.Needs.Where(need => contact.Needs.All(own => own.Skill != need.Skill)), .. contact.Needs],
            Route = route.Plan,
            Tier = contact.Tier,
            Language = contact.Language,
        };
    }

    /// <summary>What agents are preferred for, as the shipped pipeline asks it: the intent and the language.</summary>
    private static ImmutableArray<string> Skills(Contact contact) =>
        [.. new[] { contact.Intent, contact.Language }.Where(skill => skill is not ("unknown" or "und"))];
}
