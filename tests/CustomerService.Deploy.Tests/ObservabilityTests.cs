using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;

namespace CustomerService.Deploy;

public sealed partial class ObservabilityTests
{
    private const string Runbook = "docs/operations/cluster.md";

    [RequiresFact("promtool")]
    public async Task Rules_are_taken_and_do_what_they_should()
    {
        await PromtoolAsync("check", "rules", [.. Expressions.RuleFiles]);
        await PromtoolAsync("test", "rules", [.. Checkout.Files($"{Checkout.Observability}/tests", "*.yml")]);
        await PromtoolAsync("check", "config", $"{Checkout.Observability}/prometheus-compose.yml");
    }

    [RequiresFact("promtool")]
    public async Task The_configuration_for_Kubernetes_is_taken()
    {
        // Debian's Prometheus is built without Kubernetes' discovery, so that one entry is put aside; kustomize's folder has the rules beside it.
        var file = $"{Checkout.Observability}/prometheus-kubernetes.yml";
        var text = KubernetesDiscovery().Replace(Checkout.Read(file), "    static_configs: [{ targets: [localhost:8000] }]\n", 1);
        Assert.NotEqual(Checkout.Read(file), text);
        await PromtoolOnAsync(text, "check", "config");
    }

    [RequiresFact("promtool", "kustomize")]
    public async Task Every_expression_is_one()
    {
        var lines = Expressions.All(await KubernetesTests.AllAsync()).Select((expression, index) => $"      - {{ record: 'a:{index}', expr: '{expression.Text.Replace("'", "''", StringComparison.Ordinal)}' }}");

        await PromtoolOnAsync($"groups:\n  - name: all\n    rules:\n{string.Join('\n', lines)}\n", "check", "rules");
    }

    [RequiresFact("kustomize")]
    public async Task Every_figure_that_is_asked_for_is_exported()
    {
        var scraped = Instruments.Scraped(await SiloProgram.MetricsAfterAMessageAsync()).ToList();
        var figures = new Figures([.. Instruments.Created(), .. scraped], Expressions.Rules().Where(rule => rule.Record is not null).Select(rule => (rule.Record!, rule.Expression)));

        Assert.Contains(scraped, figure => figure.Name == "customer_interactions_total");
        Assert.Superset(new HashSet<string> { "queue_name", "priority" }, scraped.Single(figure => figure.Name == "queue_size").Labels!.ToHashSet());
        Expect.None(Expressions.All(await KubernetesTests.AllAsync()).SelectMany(figures.Violations));
    }

    [Fact]
    public async Task What_a_running_system_shows_of_ours_is_what_its_source_creates()
    {
        string[] ofOthers = ["dotnet_", "http_", "kestrel_", "aspnetcore_"];
        var shown = Instruments.Scraped(await SiloProgram.MetricsAfterAMessageAsync()).Select(figure => figure.Name).Where(name => !ofOthers.Any(name.StartsWith)).ToHashSet();

        Assert.Contains("response_time_seconds", shown);
        Assert.Superset(shown, Instruments.Created().Select(figure => figure.Name).ToHashSet());
    }

    [Theory]
    [InlineData("rate(queue_waits_seconds_bucket[5m])", "queue_waits_seconds_bucket")]
    [InlineData("sum by (queue) (queue_size)", "queue, which none")]
    [InlineData("queue_size{level=\"high\"} > 0 and on (queue_name) up == 1", "queue_size by level")]
    public void A_figure_or_label_that_nothing_exports_is_told(string expression, string told)
    {
        var figures = new Figures([new Figure("queue_size", "gauge", ["queue_name", "priority"]), new Figure("queue_wait_seconds", "histogram", ["queue_name"])], []);

        Expect.Told(told, figures.Violations(new Expression("here", expression)));
        Expect.None(figures.Violations(new Expression("here", "histogram_quantile(0.9, sum by (le, queue_name) (rate(queue_wait_seconds_bucket{queue_name=~\"a|b{2}\"}[5m] offset 10m))) > bool 1")));
    }

    [Fact]
    public void Every_alert_is_explained_and_none_is_that_is_gone()
    {
        var explained = Heading().Matches(Checkout.Read(Runbook)).Select(heading => heading.Groups["alert"].Value).Order(StringComparer.Ordinal);
        var alerts = Expressions.Rules().Select(rule => rule.Alert).OfType<string>().Order(StringComparer.Ordinal);

        Assert.Equal(alerts, explained);
    }

    [Fact]
    public void Kubernetes_gets_every_rule()
    {
        var kustomization = Checkout.Read($"{Checkout.Observability}/kustomization.yaml");

        Assert.All(Expressions.RuleFiles, file => Assert.Contains($"- rules/{Path.GetFileName(file)}\n", kustomization, StringComparison.Ordinal));
    }

    [Fact]
    public void The_dashboard_is_whole()
    {
        var panels = JsonNode.Parse(Checkout.Read(Expressions.Dashboard))!["panels"]!.AsArray();
        var charts = panels.Where(panel => (string)panel!["type"]! != "row").ToList();

        Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(charts.Count, charts.Select(panel => (string)panel!["title"]!).Distinct().Count());
        Assert.All(charts, panel => Assert.All(panel!["targets"]!.AsArray(), target => Assert.Equal("${datasource}", (string)target!["datasource"]!["uid"]!)));
        var cells = panels.SelectMany(panel => Cells(panel!["gridPos"]!)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    [Fact]
    public void Prometheus_finds_the_services_of_the_compose_file()
    {
        var services = ComposeFile.Parse(Checkout.Read(ComposeFile.File)).Services.Where(service => service.IsOurs && service.Command.First() == "run").Select(service => service.Name);
        var asked = DnsName().Matches(Checkout.Read($"{Checkout.Observability}/prometheus-compose.yml")).Select(name => name.Groups["name"].Value);

        Assert.Equal(services.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!)
        from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!)
        select (x, y);

    private static async Task PromtoolAsync(string verb, string what, params IEnumerable<string> files)
    {
        var (code, output, errors) = await Tool.RunAsync(Requires.Promtool!, [verb, what, .. files.Select(Checkout.PathOf)]);
        Assert.True(code == 0, output + errors);
    }

    private static async Task PromtoolOnAsync(string text, string verb, string what)
    {
        var folder = Directory.CreateTempSubdirectory("customerservice-deploy-");
        try
        {
            var file = Path.Combine(folder.FullName, "text.yml");
            await File.WriteAllTextAsync(file, text);
            var (code, output, errors) = await Tool.RunAsync(Requires.Promtool!, verb, what, file);
            Assert.True(code == 0, output + errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^    kubernetes_sd_configs:\n(?:      .*\n)+", RegexOptions.Multiline)]
    private static partial Regex KubernetesDiscovery();

    [GeneratedRegex(@"^### (?<alert>[A-Z]\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"names: \[(?<name>\w+)\], type: A, port: 8000")]
    private static partial Regex DnsName();
}
