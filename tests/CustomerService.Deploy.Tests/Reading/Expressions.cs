using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace CustomerService.Deploy.Reading;

/// <param name="Place">File and name, for messages.</param>
internal sealed record Expression(string Place, string Text);

/// <summary>Every expression in Prometheus' language that <c>deploy</c> holds, and the names that its rules give.</summary>
internal static class Expressions
{
    public const string Dashboard = $"{Checkout.Observability}/grafana/customerservice.json";
    public const string Adapter = $"{Checkout.Kubernetes}/cluster/prometheus-adapter/config.yaml";

    public static IEnumerable<string> RuleFiles => Checkout.Files($"{Checkout.Observability}/rules", "*.yml");

    /// <summary>Rules with the name that each records or alerts by.</summary>
    public static IEnumerable<(string File, string? Record, string? Alert, string Expression)> Rules() =>
        from file in RuleFiles
        from rule in RulesOf(Checkout.Read(file))
        select (file, rule.GetValueOrDefault("record") as string, rule.GetValueOrDefault("alert") as string, (string)rule["expr"]!);

    public static IEnumerable<Expression> All(IEnumerable<Manifests> manifests) =>
        Rules().Select(rule => new Expression($"{rule.File}: {rule.Record ?? rule.Alert}", rule.Expression))
            .Concat(OfDashboard(Checkout.Read(Dashboard)))
            .Concat(OfAdapter(Checkout.Read(Adapter)))
            .Concat(from set in manifests
                    from scaler in set.All<ScaledObject>()
                    from trigger in scaler.Spec.Triggers
                    where trigger.Type == "prometheus"
                    select new Expression($"{set.Name}: {Manifests.Title(scaler)}", trigger.Metadata["query"]));

    public static IEnumerable<Expression> OfDashboard(string json)
    {
        var root = JsonNode.Parse(json)!;
        return from source in root["panels"]!.AsArray().Append(new JsonObject { ["title"] = "annotations", ["targets"] = root["annotations"]!["list"]!.DeepClone() })
               from target in source["targets"]?.AsArray() ?? []
               select new Expression($"{Dashboard}: {source["title"]}", (string)target["expr"]!);
    }

    /// <summary>The adapter's queries, with what it puts in the place of its marks.</summary>
    public static IEnumerable<Expression> OfAdapter(string yaml) =>
        from rule in ListOf(new DeserializerBuilder().Build().Deserialize<object>(yaml), "externalRules")
        let series = (string)rule["seriesQuery"]!
        from text in new[]
        {
            series,
            ((string)rule["metricsQuery"]!)
                .Replace("<<.Series>>", series.Split('{')[0], StringComparison.Ordinal)
                .Replace("<<.LabelMatchers>>", "namespace=\"customerservice\"", StringComparison.Ordinal),
        }
        select new Expression(Adapter, text);

    private static IEnumerable<Dictionary<string, object?>> RulesOf(string yaml) =>
        ListOf(new DeserializerBuilder().Build().Deserialize<object>(yaml), "groups").SelectMany(group => ListOf(group, "rules"));

    private static IEnumerable<Dictionary<string, object?>> ListOf(object map, string field) =>
        ((List<object>)(map as Dictionary<string, object?> ?? ComposeFile.Map(map))[field]!).Select(ComposeFile.Map);
}
