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
    [InlineData("rules:\n  - must_say: [a]", "(2,5)", "needs an 'id'")]
    [InlineData("rules:\n  - id: x", "(2,5)", "asks for nothing")]
    [InlineData("rules:\n  - id: x\n    must_sya: [a]", "(3,5)", "known are")]
    [InlineData("rules:\n  - id: x\n    must_say: [a]\n    severity: hard", "(4,15)", "block")]
    [InlineData("rules:\n  - id: x\n    must_say: [a]\n  - id: x\n    must_say: [b]", "(4,5)", "two rules")]
    [InlineData("rules:\n  - id: x\n    must_say: [a]\n    applies_to: {intent: [a]}", "(4,18)", "known are")]
    [InlineData("brand: {address: {de: Sie}}", "(1,23)", "formal, informal")]
    [InlineData("people: {block: [cards]}", "(1,18)", "known are")]
    [InlineData("people: {warn: [card]}", "(1,17)", "never sent")]
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

    [Theory]
    [InlineData("people: {block: [rude]}", "rude, card, secret")]
    [InlineData("people: {block: [rude, claim], warn: [claim]}", "rude, card, secret")]
    [InlineData("people: {warn: [rude]}", "card, bank_account, national_id, secret, prohibited")]
    public void PeoplesPolicy_AlwaysBlocksCardsAndSecrets(string text, string blocks) =>
        Assert.Equal(blocks, string.Join(", ", QualityRulesFile.Parse("quality.yaml", text).People.Block));
}
