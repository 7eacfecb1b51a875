using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Prometheus' text format 0.0.4. Instrument names follow the OpenTelemetry convention: <c>response.time</c> in <c>s</c>
/// becomes <c>response_time_seconds</c>, and a counter ends in <c>_total</c>.
/// </summary>
internal sealed class PrometheusText
{
    /// <summary>A counter gets it, and nothing else may have it.</summary>
    private static readonly string[] AllEndIn = ["_total"];

    /// <summary>What the format keeps for counters and histograms.</summary>
    private static readonly string[] GaugesMayNotEndIn = ["_total", "_count", "_sum", "_bucket"];

    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);

    private sealed record Family(string Name, string Type, string Help, StringBuilder Samples);

    /// <summary>Adds one instrument. One whose name is taken by another type is left out: a scrape with both would be invalid.</summary>
    public void Add(Metric metric)
    {
        if (TypeOf(metric.MetricType) is not { } type)
            return;

        var name = NameOf(metric.Name, metric.Unit, type);
        if (!_families.TryGetValue(name, out var family))
            _families.Add(name, family = new Family(name, type, metric.Description is { Length: > 0 } help ? help : metric.Name, new StringBuilder()));
        if (family.Type != type)
            return;

        foreach (ref readonly var point in metric.GetMetricPoints())
            AddPoint(family, metric.MetricType, point);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var family in _families.Values.Where(family => family.Samples.Length > 0).OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n')
                .Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n')
                .Append(family.Samples);
        }

        return text.ToString();
    }

    /// <summary>The family's name: legal characters, the unit spelt out, <c>_total</c> on counters.</summary>
    internal static string NameOf(string instrument, string? unit, string type)
    {
        var name = new StringBuilder(instrument.Length + 16);
        foreach (var character in instrument)
            name.Append(char.IsAsciiLetterOrDigit(character) || character is ':' ? character : '_');
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            name.Insert(0, '_');

        var spelt = name.ToString();
        foreach (var taken in type == "gauge" ? GaugesMayNotEndIn : AllEndIn)
        {
            if (spelt.EndsWith(taken, StringComparison.Ordinal))
                spelt = spelt[..^taken.Length];
        }

        if (UnitOf(unit, type) is { } suffix && !spelt.EndsWith(suffix, StringComparison.Ordinal))
            spelt += "_" + suffix;
        return type == "counter" ? spelt + "_total" : spelt;
    }

    private static void AddPoint(Family family, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                AddSample(family, "", labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                AddSample(family, "", labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                AddSample(family, "", labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                AddSample(family, "", labels, point.GetGaugeLastValueDouble());
                break;
            default:
                AddHistogram(family, labels, point);
                break;
        }
    }

    private static void AddHistogram(Family family, string labels, in MetricPoint point)
    {
        var upToHere = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upToHere += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            AddSample(family, "_bucket", labels.Length == 0 ? bound : labels + "," + bound, upToHere);
        }

        AddSample(family, "_sum", labels, point.GetHistogramSum());
        AddSample(family, "_count", labels, point.GetHistogramCount());
    }

    private static void AddSample(Family family, string suffix, string labels, double value)
    {
        family.Samples.Append(family.Name).Append(suffix);
        if (labels.Length > 0)
            family.Samples.Append('{').Append(labels).Append('}');
        family.Samples.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string LabelsOf(OpenTelemetry.ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (labels.Length > 0)
                labels.Append(',');
            labels.Append(LabelName(key)).Append("=\"").Append(EscapeLabel(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return labels.ToString();
    }

    internal static string LabelName(string key)
    {
        var name = string.Concat(key.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    internal static string EscapeLabel(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string EscapeHelp(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    /// <summary>A unit in curly brackets only counts things, and says nothing that the name doesn't.</summary>
    private static string? UnitOf(string? unit, string type) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",
        "1" when type == "gauge" => "ratio",
        _ => null,
    };
}
