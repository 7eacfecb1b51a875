using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Settings;

namespace CustomerService.Assistants.Tests.Prompts;

public sealed class PromptLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prompts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ShippedPrompts_AreWhole()
    {
        using var library = new PromptLibrary();
        Assert.All(PromptNames.All, name => Assert.True(library[name].Version >= 1));
        Assert.Equal("answer v2", library[PromptNames.Answer].ToString());
        Assert.DoesNotContain("{{", library[PromptNames.Answer].Render(new Dictionary<string, string> { ["business"] = "Lamps", ["words"] = "90" }), StringComparison.Ordinal);
    }

    [Fact]
    public void OwnersFile_GoesBefore_AndKeepsTheSchema()
    {
        Write("answer", "<!-- version 7 -->\nAnswer for {{ business }}.");
        using var library = Open();

        var prompt = library[PromptNames.Answer];
        Assert.Equal("answer v7 (the owner's)", prompt.ToString());
        Assert.Equal("Answer for Lamps.", prompt.Render(new Dictionary<string, string> { ["business"] = "Lamps" }));
        Assert.True(prompt.Schema.TryGetProperty("properties", out _));
        Assert.Equal("intent v2", library[PromptNames.Intent].ToString());
    }

    [Theory]
    [InlineData("Answer.", "answer.md(1,1): the first line must be")]
    [InlineData("<!-- version x -->\nAnswer.", "answer.md(1,1): the first line must be")]
    [InlineData("<!-- version 1 -->\n \n", "answer.md(2,1): there are no instructions")]
    [InlineData("<!-- version 1 -->\nAnswer for\n  {{ bussiness }}.", "answer.md(3,3): there is no placeholder 'bussiness'")]
    public void BadFile_IsRefused_WithPlaceAndFix(string text, string says)
    {
        Write("answer", text);
        Assert.Contains(says, Assert.Throws<ContentFormatException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileOfAnUnknownName_IsRefused()
    {
        Write("anwser", "<!-- version 1 -->\nAnswer.");
        Assert.Contains("answer", Assert.Throws<ContentFormatException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Edit_TakesEffect_AndABadOneKeepsWhatWasThere()
    {
        using var library = Open();
        foreach (var (text, version) in new[] { ("<!-- version 3 -->\nAnswer.", 3), ("Answer!", 3), ("<!-- version 4 -->\nAnswer well.", 4) })
        {
            Write("answer", text);
            library.Look();
            Assert.Equal(version, library[PromptNames.Answer].Version);
        }

        File.Delete(Path.Combine(_folder.FullName, "answer.md"));
        library.Look();
        Assert.False(library[PromptNames.Answer].IsOwners);
    }

    private PromptLibrary Open() => new(_folder.FullName, TimeProvider.System);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name + ".md"), text);
}
