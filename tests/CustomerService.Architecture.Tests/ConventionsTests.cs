using CustomerService.Architecture.Tests.Facts;
using CustomerService.Architecture.Tests.Rules;

namespace CustomerService.Architecture.Tests;

public sealed class ConventionsTests
{
    [Fact]
    public void Types_are_named_by_what_they_are()
    {
        var sources = Checkout.Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sources);
        Expect.None(sources.SelectMany(path => TypeNames.Violations(path, Checkout.Read(path))));
    }

    [Theory]
    [InlineData("internal static class QueueHelper", "QueueHelper")]
    [InlineData("public sealed record struct MessageData(string Text);", "MessageData")]
    [InlineData("internal class SmsService(ISms sms) : IService2", "SmsService")]
    [InlineData("public interface IOfferManager", "IOfferManager")]
    [InlineData("public abstract record class ChannelBase<T> where T : class;", "ChannelBase")]
    public void An_empty_name_is_told_with_its_place(string declaration, string name) =>
        Assert.StartsWith($"X.cs(2) declares {name}:", Assert.Single(TypeNames.Violations("X.cs", "\n" + declaration)), StringComparison.Ordinal);

    [Theory]
    [InlineData("internal sealed class Database")]
    [InlineData("public sealed record Metadata(int Length);")]
    [InlineData("public interface IKnowledgeBase")]
    [InlineData("// this class QueueHelper is gone")]
    [InlineData("var record = queueManager;")]
    public void A_telling_name_is_not(string line) => Assert.Empty(TypeNames.Violations("X.cs", line));

    [Fact]
    public void No_file_holds_the_path_of_one_machine()
    {
        var texts = Checkout.Files.Select(path => (Path: path, Text: Checkout.Read(path))).Where(file => !file.Text.Contains('\0')).ToList();

        Assert.Contains(texts, file => file.Path == "run");
        Expect.None(texts.SelectMany(file => MachinePaths.Violations(file.Path, file.Text)));
    }

    [Theory]
    [InlineData("/", "home/ann/checkout")]
    [InlineData("/", "Users/ann/checkout")]
    [InlineData("C:", @"\Users\ann\checkout")]
    [InlineData("C:", @"\\Users\\ann")]
    [InlineData("file:///", "home/ann")]
    public void The_path_of_one_machine_is_told_with_its_place(string start, string rest) =>
        Assert.StartsWith("notes.md(2) holds the path of one machine", Assert.Single(MachinePaths.Violations("notes.md", "see\n" + start + rest)), StringComparison.Ordinal);

    [Theory]
    [InlineData("../shared/data")]
    [InlineData("GET /api/work/items")]
    [InlineData("https://example.com/home/page")]
    public void Other_paths_are_not(string text) => Assert.Empty(MachinePaths.Violations("notes.md", text));

    [Fact]
    public void The_readme_names_the_two_commands()
    {
        var readme = Checkout.Read("README.md");

        Assert.Contains("./run", readme, StringComparison.Ordinal);
        Assert.Contains("./test", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void The_commands_can_be_run(string path)
    {
        Assert.StartsWith("#!/bin/sh\n", Checkout.Read(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(Requires.RepositoryRoot, path)).HasFlag(UnixFileMode.UserExecute), $"chmod +x {path}");
    }
}
