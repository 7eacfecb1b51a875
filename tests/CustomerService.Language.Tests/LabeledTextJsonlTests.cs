using System.Text;

namespace CustomerService.Language.Tests;

public sealed class LabeledTextJsonlTests
{
    [Fact]
    public void Lines_AreRead() => Assert.Equal(
        [new LabeledText("¿Dónde está?", "order_status", "es", "c-1/3"), new LabeledText("hi", "greeting")],
        Read("{\"text\":\"¿Dónde está?\",\"intent\":\"order_status\",\"language\":\"es\",\"source\":\"c-1/3\"}\n\n{\"label\":\"greeting\",\"text\":\"hi\",\"language\":null,\"more\":1}"));

    [Theory]
    [InlineData("{\"text\":\"hi\",\"intent\":\"greeting\"}\n{\"text\":\"bye\"}", "own.jsonl, line 2: 'intent' is missing")]
    [InlineData("{\"text\":\" \",\"intent\":\"greeting\"}", "own.jsonl, line 1: 'text' is missing")]
    [InlineData("{\"text\":5,\"intent\":\"greeting\"}", "own.jsonl, line 1: 'text' must be a text in quotes")]
    [InlineData("[]", "own.jsonl, line 1: an example is an object in braces")]
    [InlineData("{\"text\": oops}", "own.jsonl, line 1, column 10: this is not JSON")]
    [InlineData("\n", "own.jsonl, line 1: there are no examples")]
    public void BadLine_IsRefusedWithFileLineAndReason(string lines, string error) =>
        Assert.StartsWith(error, Assert.Throws<InvalidDataException>(() => Read(lines)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<LabeledText> Read(string lines) => LabeledTextJsonl.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "own.jsonl");
}
