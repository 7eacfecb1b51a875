using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Replay;

namespace CustomerService.Silo.Tests.Replay;

public sealed class ReplayFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_AreReadInOrder_UpToTheLimit()
    {
        var file = Write("id,text\n1,Where is my order?\n2,\"Two lines,\nand a comma\"\n3,third\n");

        Assert.Equal(["Where is my order?", "Two lines,\nand a comma"], ReplayFile.Read(file, "text", 2).Select(message => message.Text));
        Assert.Equal(3, ReplayFile.Read(file, "text", int.MaxValue).Count);
    }

    [Fact]
    public void Keys_AreTheSameEachTime_AndTellSameTextsApart()
    {
        var file = Write("text\nhello\nhello\n");

        var first = ReplayFile.Read(file, "text", int.MaxValue);

        Assert.Equal(first, ReplayFile.Read(file, "text", int.MaxValue));
        Assert.Equal(2, first.Select(message => message.Key).Distinct().Count());
        Assert.Matches("^replay-1-[0-9a-f]{12}$", first[0].Key);
    }

    [Fact]
    public void MissingFile_IsWrongUse()
    {
        var path = Path.Combine(_folder.Path, "none.csv");

        var failure = Assert.Throws<CommandFailedException>(() => ReplayFile.Read(path, "text", 1));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    [Theory]
    [InlineData("id,body\n1,hello\n", "text")]
    [InlineData("", "text")]
    [InlineData("id,text\n1,\"never ends\n", "text")]
    [InlineData("id,text\n1\n", "text")]
    public void BrokenFile_IsToldWithItsName(string content, string column)
    {
        var file = Write(content);

        var failure = Assert.Throws<CommandFailedException>(() => ReplayFile.Read(file, column, int.MaxValue));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.Path, "messages.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
