using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.ServiceDefaults;

namespace CustomerService.Deploy.Reading;

/// <summary>A figure that Prometheus can ask for, by the name of its family.</summary>
/// <param name="Labels">Null: not known from where it was found.</param>
internal sealed record Figure(string Name, string Type, ImmutableHashSet<string>? Labels)
{
    /// <summary>The names of its lines: a histogram has three.</summary>
    public IEnumerable<string> Lines => Type == "histogram" ? [Name + "_bucket", Name + "_sum", Name + "_count"] : [Name];
}

/// <summary>Which figures the product exports: those seen at a running system, and those that the source creates.</summary>
internal static partial class Instruments
{
    /// <summary>The figures in a scraped text.</summary>
    public static IEnumerable<Figure> Scraped(string text)
    {
        var lines = text.Split('\n');
        var labels = lines.Where(line => !line.StartsWith('#')).SelectMany(line => Sample().Matches(line)).ToLookup(
            sample => sample.Groups["name"].Value,
            sample => Label().Matches(sample.Groups["labels"].Value).Select(label => label.Groups["label"].Value));
        return from line in lines
               let type = TypeLine().Match(line)
               where type.Success
               let bare = new Figure(type.Groups["name"].Value, type.Groups["type"].Value, null)
               select bare with { Labels = [.. bare.Lines.SelectMany(name => labels[name]).SelectMany(each => each)] };
    }

    /// <summary>
    /// The figures whose instruments the source creates. A counter shows nothing before its first event, and a cluster's figures need a
    /// cluster, so a scrape of one process can't show them all; their exported names follow by the product's own rule.
    /// </summary>
    public static IEnumerable<Figure> Created() =>
        from folder in new[] { "src", "grains", "silo" }
        from file in Checkout.Files(folder, "*.cs")
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from Match creation in Creation().Matches(Checkout.Read(file))
        let type = creation.Groups["kind"].Value switch
        {
            "Counter" or "ObservableCounter" => "counter",
            "Histogram" => "histogram",
            _ => "gauge",
        }
        select new Figure(PrometheusText.NameOf(creation.Groups["name"].Value, Unit(creation), type), type, null);

    private static string? Unit(Match creation) => creation.Groups["unit"] is { Success: true, Value: var unit } ? unit : null;

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\S+)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? ")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<label>\w+)="(?:[^"\\]|\\.)*"(?:,|$)""")]
    private static partial Regex Label();

    // The unit is the text after the name, or after the callback of an observable one.
    [GeneratedRegex("""\.Create(?<kind>Counter|Histogram|UpDownCounter|ObservableGauge|ObservableCounter|ObservableUpDownCounter)(?:<\w+>)?\(\s*"(?<name>[^"]+)",(?:\s*[\w.]+,)?\s*(?:"(?<unit>[^"]*)")?""")]
    private static partial Regex Creation();
}
