using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Owners;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Tests.Owners;

public sealed class OwnerFolderTests : IDisposable
{
    private const string Routing = "routing.yaml";

    private readonly OwnersContent _content = new();
    private readonly OwnerFolder _files;

    public OwnerFolderTests() => _files = new OwnerFolder(_content.Folder.Path, Checks, TimeProvider.System);

    private FileChecks Checks => new(new SiloSettings { DataFolder = "data", Content = _content.Folder }, () => null, TimeProvider.System);

    [Fact]
    public async Task A_saved_edit_is_on_disk_in_force_and_kept_with_what_it_replaced()
    {
        using var live = new RoutingRulesFile(_content.Folder.Routing, TimeProvider.System, NullLogger<RoutingRulesFile>.Instance);
        var (before, rules) = (_files.Read(Routing)!, live.Current);

        var saved = Assert.IsType<SaveOutcome.Saved>(await _files.SaveAsync(Routing, before.Text + "\n# A remark.", before.Hash, "ann", "to remark", default));

        Assert.Equal((2, "ann", "to remark", true, null), (saved.Version.Number, saved.Version.Who, saved.Version.Why, saved.IsReadHere, saved.Problem));
        Assert.NotSame(rules, live.Current);
        Assert.EndsWith("# A remark.\n", File.ReadAllText(_content.Folder.Routing), StringComparison.Ordinal);
        Assert.Equal(["ann", "disk"], _files.Versions(Routing).Select(version => version.Who));
        Assert.Equal(before.Text, _files.VersionText(Routing, 1));
    }

    [Fact]
    public async Task Who_edits_what_somebody_changed_meanwhile_overwrites_nothing()
    {
        var seen = _files.Read(Routing)!;
        File.AppendAllText(_content.Folder.Routing, "# theirs\n");

        var outcome = Assert.IsType<SaveOutcome.ChangedMeanwhile>(await _files.SaveAsync(Routing, seen.Text + "# mine\n", seen.Hash, "ann", "", default));

        Assert.EndsWith("# theirs\n", outcome.Now.Text, StringComparison.Ordinal);
        Assert.Equal(outcome.Now.Text, _files.Read(Routing)!.Text);
        Assert.Empty(_files.Versions(Routing));
    }

    [Fact]
    public async Task An_edit_with_errors_is_not_written()
    {
        var before = _files.Read(Routing)!;

        var outcome = Assert.IsType<SaveOutcome.HasErrors>(await _files.SaveAsync(Routing, before.Text.Replace("queues:", "queus:", StringComparison.Ordinal), before.Hash, "ann", "", default));

        Assert.Contains(outcome.Check.Findings, finding => finding is { IsError: true, Path: Routing } && finding.Line > 1);
        Assert.Equal(before, _files.Read(Routing));
    }

    [Fact]
    public async Task What_was_once_saved_can_be_brought_back_as_a_new_version()
    {
        var first = _files.Read(Routing)!;
        await _files.SaveAsync(Routing, first.Text + "# two\n", first.Hash, "ann", "", default);

        await _files.SaveAsync(Routing, _files.VersionText(Routing, 1)!, _files.Read(Routing)!.Hash, "ben", "back", default);

        Assert.Equal(first, _files.Read(Routing));
        Assert.Equal([(3, "ben"), (2, "ann"), (1, "disk")], _files.Versions(Routing).Select(version => (version.Number, version.Who)));
    }

    [Fact]
    public async Task Only_the_last_versions_are_kept_and_numbers_go_on()
    {
        for (var edit = 0; edit < FileVersions.Kept + 5; edit++)
            await _files.SaveAsync("note.md", $"edit {edit}", _files.Read("note.md")?.Hash, "ann", "", default);

        var versions = _files.Versions("note.md");
        Assert.Equal((FileVersions.Kept, FileVersions.Kept + 5, 6), (versions.Length, versions[0].Number, versions[^1].Number));
    }

    [Theory]
    [InlineData("../routing.yaml")]
    [InlineData("/etc/passwd.md")]
    [InlineData("answers/../../x.yaml")]
    [InlineData(".versions/routing.yaml/000001.md")]
    [InlineData("mcp-approved.json")]
    [InlineData("simulate/monday/roster.yaml")]
    [InlineData("routing.yaml\n")]
    public async Task What_is_no_owners_file_is_neither_read_nor_written(string path)
    {
        Assert.Throws<ArgumentException>(() => _files.Read(path));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _files.SaveAsync(path, "x", null, "ann", "", default));
        Assert.Throws<ArgumentException>(() => _files.Versions(path));
    }

    [Fact]
    public async Task The_list_has_what_owners_edit_and_no_former_versions()
    {
        var first = _files.Read(Routing)!;
        await _files.SaveAsync(Routing, first.Text + "# two\n", first.Hash, "ann", "", default);

        var paths = _files.List().Select(file => file.Path).ToList();

        Assert.Contains("answers/de/orders.yaml", paths);
        Assert.Contains("knowledge/de/internal/identity-check.md", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith('.') || path.StartsWith("simulate", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal));
        Assert.All(paths, path => Assert.NotNull(_files.Read(path)));
    }

    [Fact]
    public async Task Ends_of_lines_stay_as_the_file_has_them()
    {
        File.WriteAllText(Path.Combine(_content.Folder.Path, "note.md"), "one\r\ntwo\r\n");

        await _files.SaveAsync("note.md", "one\ntwo\nthree", _files.Read("note.md")!.Hash, "ann", "", default);

        Assert.Equal("one\r\ntwo\r\nthree\r\n", File.ReadAllText(Path.Combine(_content.Folder.Path, "note.md")));
    }

    public void Dispose()
    {
        _files.Dispose();
        _content.Dispose();
    }
}
