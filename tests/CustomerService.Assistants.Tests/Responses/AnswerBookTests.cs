using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Settings;
using CustomerService.Assistants.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Tests.Responses;

public sealed class AnswerBookTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("answers-tests-");

    public AnswerBookTests()
    {
        var from = Path.Combine(Assistant.ContentFolder, "answers", "en");
        _folder.CreateSubdirectory("en");
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(_folder.FullName, "en", Path.GetFileName(file)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void DefaultContent_HasEnglish()
    {
        using var answers = Open();
        Assert.Equal("en", Assert.Single(answers.Languages));
    }

    [Fact]
    public void Edit_IsInForce_ANewLanguageToo_AndABadOneKeepsTheOldWords()
    {
        using var answers = Open();
        var file = Path.Combine(_folder.FullName, "en", "more.yaml");
        foreach (var (text, expected) in new[] { ("hello: Hello {{name}}", "Hello Ada"), ("hello: Hi {{nam}}", "Hello Ada"), ("hello: Hi {{name}}", "Hi Ada") })
        {
            File.WriteAllText(file, text);
            answers.Look();
            Assert.Equal(expected, answers.In("en")!["more.hello"].Render([("name", "Ada")]));
        }

        _folder.CreateSubdirectory("fr");
        foreach (var english in Directory.GetFiles(Path.Combine(_folder.FullName, "en")))
            File.Copy(english, english.Replace($"{Path.DirectorySeparatorChar}en{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}fr{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        answers.Look();
        Assert.Equal<string>(["en", "fr"], answers.Languages);
    }

    [Fact]
    public void TextThatIsThereTwice_IsNamed()
    {
        var file = Path.Combine(_folder.FullName, "en", "more.yaml");
        File.WriteAllText(file, "a.b: one\na:\n  b: two\n");

        Assert.StartsWith($"{file}(3,3): the text more.a.b is there twice", Assert.Throws<ContentFormatException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingText_IsNamed()
    {
        var file = Path.Combine(_folder.FullName, "en", "phrases.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("empathy:", "sympathy:", StringComparison.Ordinal));

        var error = Assert.Throws<ContentFormatException>(Open);

        Assert.Contains("phrases.empathy", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x:\n  text: \"Hello {{nam}}\"", "(2,9)", "known are")]
    [InlineData("x:\n  text: \"Hello {{name\"", "(2,9)", "{{name}}")]
    [InlineData("x:\n  text: \"Hello {{}}\"", "(2,9)", "{{name}}")]
    public void BadPlace_NamesFileLineAndFix(string text, string place, string fix)
    {
        var file = Path.Combine(_folder.FullName, "en", "more.yaml");
        File.WriteAllText(file, text);

        var error = Assert.Throws<ContentFormatException>(Open);

        Assert.StartsWith(file + place, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_WithAPlaceInIt_IsNotFilledAgain()
    {
        var template = AnswerTemplate.Parse("Hello {{name}}, your order {{order}}.");

        Assert.Equal("Hello {{order}}, your order #W1.", template.Render([("name", "{{order}}"), ("order", "#W1")]));
    }

    private AnswerBook Open() => new(_folder.FullName, TimeProvider.System, NullLogger<AnswerBook>.Instance);
}
