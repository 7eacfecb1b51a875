using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests.Composition;

public sealed class ContentFolderTests
{
    [Fact]
    public void NamedFolder_IsFoundAndMadeAbsolute()
    {
        using var folder = new TemporaryFolder();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, folder.Path);

        var content = ContentFolder.Find(relative);

        Assert.Equal(folder.Path, content.Path);
        Assert.Equal(Path.Combine(folder.Path, "pipelines", "default.yaml"), content.DefaultPipeline);
    }

    [Fact]
    public void NamedFolderThatIsNotThere_IsWrongUse()
    {
        var failure = Assert.Throws<CommandFailedException>(() => ContentFolder.Find("no/such/folder"));

        Assert.Equal("--content no/such/folder: there is no such folder.", failure.Message);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    [Fact]
    public void UnnamedFolder_IsTheOneThatShips_AndWhole()
    {
        var content = ContentFolder.Find(null);

        Assert.All([content.DefaultPipeline, content.Routing, content.Quality], file => Assert.True(File.Exists(file), file));
        Assert.All([content.Knowledge, content.Answers], folder => Assert.True(Directory.Exists(folder), folder));
    }
}
