using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests.Composition;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DataFolder Data => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tokens_AreMadeOnce_AndEachIsItsOwn()
    {
        var (agent, owner) = (Data.AgentToken(), Data.OperatorToken());

        Assert.Matches("^[0-9a-f]{40}$", agent);
        Assert.NotEqual(agent, owner);
        Assert.Equal((agent, owner), (Data.AgentToken(), Data.OperatorToken()));
        Assert.Equal(Data.VisitorKey().ToArray(), Data.VisitorKey().ToArray());
    }

    [Fact]
    public void Secrets_AreForTheirOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return; // Files have no such modes there; the folder's own rights hold.
        Data.AgentToken();
        Data.OperatorToken();
        Data.VisitorKey();

        var files = Directory.GetFiles(Path.Combine(_folder.Path, "keys"));

        Assert.Equal(["agent-token", "operator-token", "visitor-key"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void TokenOfTheOwnersOwn_IsTaken()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "keys"));
        File.WriteAllText(Path.Combine(_folder.Path, "keys", "agent-token"), "chosen by hand\n");

        Assert.Equal("chosen by hand", Data.AgentToken());
    }

    [Fact]
    public void FolderInAFilesPlace_IsToldWithTheFix()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        var failure = Assert.Throws<CommandFailedException>(() => DataFolder.Create(file));

        Assert.StartsWith($"--data {file}: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Name a folder that this user can write.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderWithoutASystem_IsWrongUse()
    {
        var failure = Assert.Throws<CommandFailedException>(() => DataFolder.Existing(_folder.Path));

        Assert.Contains("no system has run there", failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    [Fact]
    public void Address_IsFoundWhileItIsAnnounced()
    {
        Assert.Null(Data.Announced());

        Data.Announce(new Uri("http://127.0.0.1:4711/"));
        Assert.Equal(new Uri("http://127.0.0.1:4711/"), Data.Announced());

        Data.Withdraw();
        Assert.Null(Data.Announced());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"url\": \"nowhere\"}")]
    public void BrokenAnnouncement_IsNone(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "endpoint.json"), text);

        Assert.Null(Data.Announced());
    }
}
