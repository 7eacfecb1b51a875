using CustomerService.Silo.Composition;
using CustomerService.Silo.Owners;

namespace CustomerService.Silo.Tests.Owners;

public sealed class FileChecksTests : IDisposable
{
    private readonly OwnersContent _content = new();
    private readonly FileChecks _checks;

    public FileChecksTests() => _checks = new FileChecks(new SiloSettings { DataFolder = "data", Content = _content.Folder }, () => null, TimeProvider.System);

    /// <summary>All that ships is good, and each kind of file has a check of its own.</summary>
    [Theory]
    [InlineData("routing.yaml")]
    [InlineData("channels.yaml")]
    [InlineData("translation.yaml")]
    [InlineData("mcp.yaml")]
    [InlineData("assistant.yaml")]
    [InlineData("desk.yaml")]
    [InlineData("replies.yaml")]
    [InlineData("scorecards.yaml")]
    [InlineData("alerts.yaml")]
    [InlineData("retention.yaml")]
    [InlineData("quality.yaml")]
    [InlineData("quality/de.yaml")]
    [InlineData("pipelines/default.yaml")]
    [InlineData("procedures/cancel_order.yaml")]
    [InlineData("answers/en/orders.yaml")]
    [InlineData("knowledge/fr/return-item.md")]
    public async Task What_ships_is_good_and_a_bad_edit_is_told_with_its_file_and_line(string path)
    {
        var text = File.ReadAllText(Path.Combine(_content.Folder.Path, path));

        var good = await _checks.CheckAsync(path, text, default);
        var bad = await _checks.CheckAsync(path, text + "\nno_such_setting: [\n", default);
        // An article's text may be anything; its front matter may not.
        bad = path.EndsWith(".md", StringComparison.Ordinal) ? await _checks.CheckAsync(path, text.Replace("title:", "titel:", StringComparison.Ordinal), default) : bad;

        Assert.True(good.IsWhole);
        Assert.Empty(good.Findings.Where(finding => finding.IsError));
        Assert.Contains(bad.Findings, finding => finding.IsError && finding.Path == path && finding.Message.Length > 10);
        Assert.True(bad.Findings.First(finding => finding.IsError).Line > 1);
        Assert.DoesNotContain(bad.Findings, finding => finding.Message.Contains(Path.GetTempPath(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_answers_need_may_not_be_removed()
    {
        var check = await _checks.CheckAsync("answers/en/orders.yaml", "status:\n  pending: It is on its way.\n", default);

        Assert.Contains(check.Findings, finding => finding.IsError && finding.Path == "answers/en/orders.yaml" && finding.Message.Contains("there is no text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_articles_of_one_id_are_found_though_each_is_good_alone()
    {
        var text = File.ReadAllText(Path.Combine(_content.Folder.Path, "knowledge/return-item.md"));

        var check = await _checks.CheckAsync("knowledge/again/return-item.md", text, default);

        Assert.Contains(check.Findings, finding => finding.IsError && finding.Message.Contains("already that of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipelines_and_routing_are_told_in_words()
    {
        Assert.Contains("tasks", (await CheckAsync("pipelines/default.yaml")).InWords, StringComparison.Ordinal);
        Assert.NotEmpty((await CheckAsync("routing.yaml")).InWords!);

        async Task<AgentConsole.Administration.FileCheck> CheckAsync(string path) => await _checks.CheckAsync(path, File.ReadAllText(Path.Combine(_content.Folder.Path, path)), default);
    }

    public void Dispose() => _content.Dispose();
}
