using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Responses;

/// <summary>Amounts as each language writes them, and the quality gate reads them by value.</summary>
public sealed class WrittenNumbersTests
{
    private static readonly QualityGate Gate = new(Assistant.Rules);

    [Theory]
    [InlineData("en", "$1,234.50", "$0.99", "$1,234,567.00")]
    [InlineData("es", "1.234,50\u00A0$", "0,99\u00A0$", "1.234.567,00\u00A0$")]
    [InlineData("fr", "1\u202F234,50\u00A0$", "0,99\u00A0$", "1\u202F234\u202F567,00\u00A0$")]
    [InlineData("de", "1.234,50\u00A0$", "0,99\u00A0$", "1.234.567,00\u00A0$")]
    [InlineData("ja", "1,234.50ドル", "0.99ドル", "1,234,567.00ドル")]
    public void Amount_IsWrittenAsTheLanguageDoes(string language, string thousands, string cents, string millions)
    {
        var phrases = Assistant.Answers.In(language)!;

        Assert.Equal([thousands, cents, millions], new[] { 1234.5m, 0.99m, 1_234_567m }.Select(amount => OrderWording.Money(phrases, amount)));
    }

    public static TheoryData<string, decimal> Amounts
    {
        get
        {
            var all = new TheoryData<string, decimal>();
            foreach (var language in Assistant.Answers.Languages)
            {
                foreach (var amount in new[] { 0m, 0.05m, 9.5m, 12m, 244.5m, 999.99m, 1000m, 1234.5m, 12_345.67m, 1_234_567.89m })
                    all.Add(language, amount);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Amounts))]
    public void AmountInAnAnswer_IsBorneOutByTheRecordsNumber_AndByNoOther(string language, decimal amount)
    {
        var phrases = Assistant.Answers.In(language)!;
        var text = phrases[AnswerKeys.RefundRecorded].Render([("order", "#W1000001"), ("amount", OrderWording.Money(phrases, amount))]);
        var record = FormattableString.Invariant($"#W1000001 amount: {amount:0.##}");
        var another = FormattableString.Invariant($"#W1000001 amount: {amount + 0.01m:0.##}");

        Assert.Empty(Claims(text, record));
        Assert.NotEmpty(Claims(text, another));
    }

    [Theory]
    [InlineData("1234.50")]
    [InlineData("1 234,50")]
    public void Example_TellsTheSeparators(string example) => Assert.Equal(example, WrittenNumbers.Like(example).Write(1234.5m));

    [Theory]
    [InlineData("1,234.5")]
    [InlineData("12.34,50")]
    [InlineData("1.234.50")]
    [InlineData("123450")]
    [InlineData("$1,234.50")]
    [InlineData("")]
    public void AnotherExample_IsRefused_WithTheFix(string example) =>
        Assert.Contains("write it like 1,234.50", Assert.Throws<FormatException>(() => WrittenNumbers.Like(example)).Message, StringComparison.Ordinal);

    private static IEnumerable<QualityFinding> Claims(string text, string source) =>
        Gate.Review(new QualitySubject(text) { Sources = [source] })["accuracy"].Findings.Where(finding => finding.Kind == FindingKinds.Claim);
}
