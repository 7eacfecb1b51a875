using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>Reads routing rules from YAML nodes. A section that is left out keeps its default.</summary>
/// <param name="folder">Where the files are that it names.</param>
/// <param name="today">Holidays are read for this year and the next.</param>
internal sealed class RoutingRulesReader(Findings findings, string folder, DateOnly today)
{
    private static readonly RoutingRules Default = new();

    private static readonly ImmutableArray<string> Keys =
    [
        "assistant_languages", "human_intents", "handoff", "specialist", "priority_intents", "automatable_intents", "default_queue", "queues", "priority",
        "skills", "language_skills", "calendars", "service_levels", "queue_defaults", "workflow", "alerts",
    ];

    public RoutingRules Read(YamlMapping root)
    {
        var map = new MappingReader(root, "a routing file", findings, [.. Keys]);
        var specialist = map.Map("specialist") is { } section
            ? new MappingReader(section, "'specialist'", findings, "queue", "tiers", "sentiment_below")
            : null;
        var handoff = map.Map("handoff") is { } again ? new MappingReader(again, "'handoff'", findings, "most", "sentiment_below", "courtesies") : null;
        CheckOverlap(map);
        var rules = new RoutingRules
        {
            AssistantLanguages = Names(map, "assistant_languages") ?? Default.AssistantLanguages,
            HumanIntents = Names(map, "human_intents") ?? Default.HumanIntents,
            MostHandoffs = handoff?.Whole("most", 1, 100) ?? Default.MostHandoffs,
            ReturnSentiment = handoff?.Number("sentiment_below", -1, 1) ?? Default.ReturnSentiment,
            Courtesies = handoff is null ? Default.Courtesies : Names(handoff, "courtesies") ?? Default.Courtesies,
            SpecialistTiers = specialist is null ? Default.SpecialistTiers : Names(specialist, "tiers") ?? Default.SpecialistTiers,
            SpecialistSentiment = specialist?.Number("sentiment_below", -1, 1) ?? Default.SpecialistSentiment,
            SpecialistQueue = specialist?.Text("queue")?.Value ?? Default.SpecialistQueue,
            PriorityIntents = Names(map, "priority_intents") ?? Default.PriorityIntents,
            AutomatableIntents = Names(map, "automatable_intents") ?? Default.AutomatableIntents,
            DefaultQueue = map.Text("default_queue")?.Value ?? Default.DefaultQueue,
            Skills = [.. Names(map, "skills") ?? []],
            LanguageSkills = map.Truth("language_skills") ?? Default.LanguageSkills,
            Priority = Priority(map.Map("priority")),
            Alerts = Alerts(map.Map("alerts")),
        };
        if (rules.LanguageSkills && !rules.Skills.Any(skill => skill.StartsWith("language.", StringComparison.Ordinal)))
            findings.Error(map.Node("language_skills")!.At, "no language is a skill, so none can be asked of agents", "add 'language.es' and the like to 'skills:'");
        return Queues(map, rules);
    }

    /// <summary>What mentions names that the rest declares.</summary>
    private RoutingRules Queues(MappingReader map, RoutingRules rules)
    {
        var section = map.Map("queues");
        var names = new KnownNames(
            rules.Skills,
            new CalendarReader(findings, folder, today).Read(map.Map("calendars")),
            [.. (section?.Entries ?? []).Select(entry => entry.Key.Text), rules.DefaultQueue, rules.SpecialistQueue, QueueNames.General],
            findings);
        var (queues, policies) = new QueuesReader(names, findings).Read(
            section, map.Map("queue_defaults"), ServiceLevelReader.Read(map.Map("service_levels"), "'service_levels'", findings));
        return rules with
        {
            Queues = queues,
            Policies = policies,
            Calendars = names.Calendars,
            Workflow = new WorkflowReader(names, policies, findings).Read(map.Map("workflow")),
        };
    }

    private void CheckOverlap(MappingReader map)
    {
        var persons = map.Texts("human_intents").Concat(map.Texts("priority_intents"))
            .DistinctBy(intent => intent.Value)
            .ToDictionary(intent => intent.Value, intent => intent.At.Line, StringComparer.Ordinal);
        foreach (var intent in map.Texts("automatable_intents"))
        {
            if (persons.TryGetValue(intent.Value, out var line))
                findings.Error(intent.At, $"the intent '{intent.Value}' is for a person in line {line} already", "keep it in one of the two lists");
        }
    }

    private ImmutableHashSet<string>? Names(MappingReader map, string key)
    {
        if (map.Node(key) is null)
            return null;
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var name in map.Texts(key))
        {
            if (!names.Add(name.Value))
                findings.Error(name.At, $"'{name.Value}' is listed twice", "remove one of the two");
        }

        return names.ToImmutable();
    }

    private AlertRules Alerts(YamlMapping? section)
    {
        if (section is null)
            return Default.Alerts;
        var map = new MappingReader(section, "'alerts'", findings, "on", "false_alarms_a_week", "least_count", "least_ratio", "quiet_intents", "quiet_words");
        return new AlertRules
        {
            On = map.Truth("on") ?? Default.Alerts.On,
            FalseAlarmsAWeek = map.Number("false_alarms_a_week", 0.01, 100) ?? Default.Alerts.FalseAlarmsAWeek,
            LeastCount = map.Whole("least_count", 2, 1_000_000) ?? Default.Alerts.LeastCount,
            LeastRatio = map.Number("least_ratio", 1.1, 100) ?? Default.Alerts.LeastRatio,
            QuietIntents = Names(map, "quiet_intents") ?? Default.Alerts.QuietIntents,
            QuietWords = [.. (Names(map, "quiet_words") ?? Default.Alerts.QuietWords).Select(word => word.ToLowerInvariant())],
        };
    }

    private PriorityScores Priority(YamlMapping? section)
    {
        if (section is null)
            return Default.Priority;
        var map = new MappingReader(section, "'priority'", findings, "urgency", "tiers", "unhappy", "priority_intent", "late_response");
        var scores = Default.Priority;
        return new PriorityScores
        {
            Urgency = Points(map, "urgency", ["low", "normal", "high", "critical"]) ?? scores.Urgency,
            Tiers = Points(map, "tiers", null) ?? scores.Tiers,
            Unhappy = map.Whole("unhappy", 0, RoutingRules.MaxPriority) ?? scores.Unhappy,
            PriorityIntent = map.Whole("priority_intent", 0, RoutingRules.MaxPriority) ?? scores.PriorityIntent,
            LateResponse = map.Whole("late_response", 0, RoutingRules.MaxPriority) ?? scores.LateResponse,
        };
    }

    private ImmutableDictionary<string, int>? Points(MappingReader map, string key, string[]? known)
    {
        if (map.Map(key) is not { } section)
            return null;
        var points = new MappingReader(section, $"'{key}'", findings, known ?? [.. section.Entries.Select(entry => entry.Key.Text)]);
        return section.Entries
            .DistinctBy(entry => entry.Key.Text)
            .ToImmutableDictionary(entry => entry.Key.Text, entry => points.Whole(entry.Key.Text, 0, RoutingRules.MaxPriority) ?? 0);
    }
}
