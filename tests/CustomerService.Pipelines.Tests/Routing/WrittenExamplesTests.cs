using System.Text.RegularExpressions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests.Routing;

/// <summary>What the shipped file and the recipe show to copy can be copied.</summary>
public sealed partial class WrittenExamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("examples").FullName;

    public WrittenExamplesTests() => File.WriteAllText(
        Path.Combine(_folder, "public-holidays.ics"), "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20201003\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ShippedFile_HasNothingToComplainOf() => Assert.Empty(Check(Shipped()).Findings);

    [Fact]
    public void ShippedFile_CanBeUsed_WithEveryExampleInIt()
    {
        var parts = Shipped().Split("# workflow:");
        var workflow = parts[1].Replace("\n# ", "\n", StringComparison.Ordinal);
        var report = Check(Setting().Replace(parts[0], "$1$2") + "workflow:" + workflow[..workflow.IndexOf("\n\n", StringComparison.Ordinal)]);

        Assert.Empty(report.Errors);
        var policy = report.Rules!.Policies["billing"];
        Assert.Equal((60, 3, 60, 604_800), (policy.PriorityPointSeconds, policy.Units["voice"], policy.WrapUp!.Seconds, policy.Terms.CloseAfterSeconds));
        Assert.Equal(["spanish"], report.Rules.Workflow.Filters.Select(filter => filter.Name));
        Assert.Equal((3, 2), (policy.Relaxation.Length, report.Rules.Workflow.Default.Length));
        Assert.Contains(report.Rules.Calendars["office"].Exceptions, day => day.Date == new DateOnly(2026, 10, 3));
    }

    [Fact]
    public void Recipe_ShowsWhatWorks()
    {
        var recipe = File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "docs", "recipes", "route-customers.md"));
        var examples = Block().Matches(recipe).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(3, examples.Length);
        Assert.All(examples, example => Assert.Empty(Check(example).Findings));
    }

    private static string Shipped() => File.ReadAllText(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "routing.yaml"));

    private RoutingCheckReport Check(string yaml) => RoutingCheck.Of(yaml, Path.Combine(_folder, "routing.yaml"), new ManualTimeProvider(Bench.Morning));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>A setting, or an item of one, behind a comment's sign.</summary>
    [GeneratedRegex("^( +)# ( *(?:- .*|[a-z_]+:.*))$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
