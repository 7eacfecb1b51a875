using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Settings;

namespace CustomerService.Assistants.Tests.Quality;

public sealed class QualityRulesFileTests
{
    [Theory]
    [InlineData("pass_mark: 0.8\nprohibitted: [x]", "(2,1)", "known are")]
    [InlineData("pass_mark: 8", "(1,12)", "from 0 to 1")]
    [InlineData("rude: stupid", "(1,7)", "list")]
    [InlineData("rude:\n  - [a]", "(2,5)", "text is expected")]
    [InlineData("rude: [a", "(", "not valid YAML")]
    [InlineData("- a", "(1,1)", "map")]
    public void BadFile_NamesPlaceAndFix(string text, string place, string fix)
    {
        var error = Assert.Throws<ContentFormatException>(() => QualityRulesFile.Parse("quality.yaml", text));

        Assert.StartsWith("quality.yaml" + place, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyFile_MeansDefaults() => Assert.Equal(0.8, QualityRulesFile.Parse("quality.yaml", "").PassMark);

    [Fact]
    public void MissingFile_NamesIt() =>
        Assert.Contains("nowhere.yaml", Assert.Throws<ContentFormatException>(() => QualityRulesFile.Load("nowhere.yaml")).Message, StringComparison.Ordinal);
}
