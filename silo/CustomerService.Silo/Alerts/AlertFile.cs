using System.Collections.Immutable;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Staff;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using CustomerService.Reporting.Alerts;

namespace CustomerService.Silo.Alerts;

/// <summary>The owner's <c>alerts.yaml</c> in use. Without the file nobody is alerted.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
internal sealed class AlertFile(string path, Func<IReadOnlyCollection<string>?> queues, TimeProvider time, ILogger<AlertFile> logger)
    : LiveContent<AlertRules>(path, () => [path], () => File.Exists(path) ? Parse(File.ReadAllText(path), path, queues()) : AlertRules.None, time, logger), IAlertRules
{
    private const int MostRules = 100;

    private static readonly ImmutableArray<string> Parts = [AlertParts.Queue, AlertParts.Channel, AlertParts.Language, AlertParts.Intent];
    private static readonly ImmutableArray<string> Kinds = ["above", "below", "spike"];
    private static readonly string[] Roles = [.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())];

    /// <param name="file">How messages name it.</param>
    /// <param name="queues">Those that there are; null: it is not known here.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static AlertRules Parse(string text, string file, IReadOnlyCollection<string>? queues)
    {
        var findings = new Findings(file);
        var rules = YamlText.Read(text, findings) is { } root ? Read(root, findings, queues) : null;
        return rules is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : rules;
    }

    private static AlertRules Read(YamlMapping root, Findings findings, IReadOnlyCollection<string>? queues)
    {
        var items = new MappingReader(root, "a file of alerts", findings, "alerts").List("alerts")?.Items ?? [];
        if (items.Count > MostRules)
            findings.Error(root.At, $"there are {items.Count} rules, where {MostRules} are allowed", "join some of them by 'each'");
        var rules = ImmutableArray.CreateBuilder<AlertRule>();
        foreach (var item in items)
        {
            if (item is not YamlMapping map)
                findings.Error(item.At, $"a rule is {item.Kind}, where a map is expected", "write '- name: …' with indented lines under it");
            else if (new AlertRuleReader(map, findings, queues).Read() is not { } rule)
                continue;
            else if (rules.Any(other => other.Name == rule.Name))
                findings.Error(item.At, $"there are two rules '{rule.Name}'", "give one of them another name");
            else
                rules.Add(rule);
        }

        return new AlertRules(rules.ToImmutable());
    }

    /// <summary>Reads one rule.</summary>
    private sealed class AlertRuleReader(YamlMapping map, Findings findings, IReadOnlyCollection<string>? queues)
    {
        private readonly MappingReader _rule = new(
            map, "a rule", findings, "name", "figure", "above", "below", "spike", "clears_at", "for", "clears_after", "each", "only", "window", "least_cases", "when_closed", "severity", "tell");

        /// <returns>Null: it has no name, or is about nothing known; that is told.</returns>
        public AlertRule? Read()
        {
            var (name, figure) = (_rule.RequiredText("name", "long wait"), FigureOf());
            if (name is null || figure is null || KindOf(figure) is not { } kind)
                return null;
            var limit = kind == AlertKind.Spike ? 0 : Value(kind == AlertKind.Above ? "above" : "below", figure) ?? 0;
            var usual = new AlertRule(name.Value.Value, figure, kind);
            return usual with
            {
                Limit = limit,
                ClearsAt = kind == AlertKind.Spike ? 0 : ClearsAt(figure, kind, limit),
                For = Length("for") ?? usual.For,
                ClearsAfter = Length("clears_after") ?? usual.ClearsAfter,
                Each = EachOf(figure),
                Only = OnlyOf(figure),
                Window = Length("window", 300, 86_400) ?? usual.Window,
                LeastCases = _rule.Whole("least_cases", 1, 100_000) ?? usual.LeastCases,
                WhenClosed = _rule.Truth("when_closed") ?? false,
                Spike = kind == AlertKind.Spike ? SpikeOf() : usual.Spike,
                Severity = _rule.Word("severity", "notice", "warning", "critical") is { } severity ? Enum.Parse<AlertSeverity>(severity, ignoreCase: true) : usual.Severity,
                Tell = [.. _rule.Texts("tell").Select(RoleOf).OfType<Role>()],
            };
        }

        private AlertFigure? FigureOf()
        {
            if (_rule.RequiredText("figure", AlertFigures.Waiting) is not { } name)
                return null;
            if (AlertFigures.Find(name.Value) is { } figure)
                return figure;
            findings.Error(name.At, $"there is no figure '{name.Value}'", Suggestion.For(name.Value, AlertFigures.All.Select(each => each.Name)));
            return null;
        }

        private AlertKind? KindOf(AlertFigure figure)
        {
            string[] given = [.. Kinds.Where(key => _rule.Node(key) is not null)];
            if (given is not [var one])
            {
                findings.Error(map.At, given.Length == 0 ? "a rule has no limit" : $"a rule has {string.Join(" and ", given)}, where one is allowed", "write one of 'above: …', 'below: …' and 'spike: {}'");
                return null;
            }

            if (one == "spike" && !figure.HasPast)
            {
                findings.Error(_rule.Node(one)!.At, $"'{figure.Name}' is not held against its past", $"use 'above' or 'below', or one of {string.Join(", ", AlertFigures.All.Where(each => each.HasPast).Select(each => each.Name))}");
                return null;
            }

            if (one != "spike" && figure.Source == AlertSource.Topics)
            {
                findings.Error(_rule.Node(one)!.At, $"'{figure.Name}' is always held against what is usual", "write 'spike: {}'; how soon it is told is said under 'alerts' in routing.yaml");
                return null;
            }

            return Enum.Parse<AlertKind>(one, ignoreCase: true);
        }

        private double? Value(string key, AlertFigure figure) => figure.Unit switch
        {
            AlertUnit.Seconds => _rule.Seconds(key),
            AlertUnit.Share => _rule.Number(key, 0, 1),
            AlertUnit.Rating => _rule.Number(key, 1, 5),
            AlertUnit.Mood => _rule.Number(key, -1, 1),
            _ => _rule.Number(key, 0, 1_000_000),
        };

        private double ClearsAt(AlertFigure figure, AlertKind kind, double limit)
        {
            if (Value("clears_at", figure) is not { } clears)
                return limit;
            if (kind == AlertKind.Above ? clears <= limit : clears >= limit)
                return clears;
            findings.Error(
                _rule.Node("clears_at")!.At, $"an alert {(kind == AlertKind.Above ? "above" : "below")} its limit can't clear on the bad side of it",
                $"write the limit or something {(kind == AlertKind.Above ? "less" : "more")}");
            return limit;
        }

        private string? EachOf(AlertFigure figure)
        {
            if (figure.Source == AlertSource.Topics)
                return AlertParts.Topic; // There is nothing else that it could be told apart by.
            if (_rule.Text("each") is not { } each)
                return null;
            if (figure.Parts.Contains(each.Value))
                return each.Value;
            findings.Error(each.At, $"'{figure.Name}' is not told apart by '{each.Value}'", Suggestion.For(each.Value, figure.Parts));
            return null;
        }

        private ImmutableSortedDictionary<string, string> OnlyOf(AlertFigure figure)
        {
            var only = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            if (_rule.Map("only") is not { } map)
                return only.ToImmutable();
            var reader = new MappingReader(map, "'only'", findings, [.. Parts]);
            foreach (var part in Parts)
            {
                if (reader.Text(part) is not { } named)
                    continue;
                if (!figure.Parts.Contains(part))
                    findings.Error(named.At, $"'{figure.Name}' is not known by {part}", figure.Parts.IsEmpty ? "remove 'only'" : $"use {string.Join(" or ", figure.Parts)}");
                else if (Known(part) is { } known && !known.Contains(named.Value))
                    findings.Error(named.At, $"there is no {part} '{named.Value}'", Suggestion.For(named.Value, known));
                else
                    only[part] = named.Value;
            }

            return only.ToImmutable();
        }

        private IReadOnlyCollection<string>? Known(string part) => part switch
        {
            AlertParts.Queue => queues,
            AlertParts.Channel => ChannelNames.All,
            _ => null,
        };

        private SpikeTerms SpikeOf()
        {
            if (_rule.Map("spike") is not { } map)
                return new SpikeTerms();
            var (reader, usual) = (new MappingReader(map, "a spike", findings, "against", "periods", "deviations", "times", "least"), new SpikeTerms());
            return new SpikeTerms
            {
                AgainstWeeks = reader.Word("against", "weeks", "recent") is not "recent",
                Periods = reader.Whole("periods", 1, 12) ?? usual.Periods,
                Deviations = reader.Number("deviations", 0, 20) ?? usual.Deviations,
                Times = reader.Number("times", 1, 100) ?? usual.Times,
                Least = reader.Whole("least", 1, 1_000_000) ?? usual.Least,
            };
        }

        private Role? RoleOf(Located<string> name)
        {
            if (Roles.Contains(name.Value, StringComparer.Ordinal))
                return Enum.Parse<Role>(name.Value, ignoreCase: true);
            findings.Error(name.At, $"there is no role '{name.Value}'", Suggestion.For(name.Value, Roles));
            return null;
        }

        private TimeSpan? Length(string key, double least = 0, double most = 86_400) => _rule.Seconds(key, least, most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
