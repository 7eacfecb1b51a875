using CustomerService.Deploy.Reading;

namespace CustomerService.Deploy.Rules;

/// <summary>Each figure that an alert, a panel or a scaler asks for is one that the product exports, with the labels that are asked for.</summary>
internal sealed class Figures
{
    // What Prometheus adds to each line, by our own scrape configurations, and what a histogram's lines have.
    private static readonly HashSet<string> OfPrometheus = ["job", "instance", "namespace", "node", "le", "alertstate", "alertname", "severity"];
    private static readonly string[] MadeByPrometheus = ["up", "ALERTS"];

    private readonly Dictionary<string, HashSet<string>?> _labels = [];

    /// <param name="figures">Where one is named twice, what a scrape says of its labels counts.</param>
    /// <param name="rules">What the recording rules give names to.</param>
    public Figures(IEnumerable<Figure> figures, IEnumerable<(string Name, string Expression)> rules)
    {
        foreach (var figure in figures)
        {
            foreach (var line in figure.Lines)
                _labels[line] = figure.Labels is { } labels ? [.. labels, .. _labels.GetValueOrDefault(line) ?? []] : _labels.GetValueOrDefault(line);
        }

        foreach (var name in MadeByPrometheus)
            _labels[name] = [];
        foreach (var (name, expression) in rules)
            _labels[name] = [.. PromQl.Groupings(expression)];
    }

    public IEnumerable<string> Violations(Expression expression)
    {
        var metrics = PromQl.Metrics(expression.Text).ToList();
        foreach (var metric in metrics.Where(metric => !_labels.ContainsKey(metric)))
            yield return $"{expression.Place} asks for {metric}, which nothing exports.";
        foreach (var (metric, label) in PromQl.Filters(expression.Text).Where(filter => !Has(filter.Metric, filter.Label)))
            yield return $"{expression.Place} asks for {metric} by {label}, which it does not have.";
        foreach (var label in PromQl.Groupings(expression.Text).Where(label => !metrics.Any(metric => Has(metric, label))))
            yield return $"{expression.Place} groups by {label}, which none of its figures has.";
    }

    // Of a figure that no scrape has shown, only the name is known.
    private bool Has(string metric, string label) =>
        OfPrometheus.Contains(label) || !_labels.TryGetValue(metric, out var labels) || labels is null || labels.Contains(label);
}
