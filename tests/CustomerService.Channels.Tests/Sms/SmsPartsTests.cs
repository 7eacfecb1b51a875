using System.Globalization;
using CustomerService.Channels.Sms;

namespace CustomerService.Channels.Tests.Sms;

public sealed class SmsPartsTests
{
    [Fact]
    public void ShortText_IsOnePartAsItIs() => Assert.Equal("Hello", Assert.Single(SmsParts.Of(" Hello\n")));

    [Fact]
    public void LongText_IsCutAtSentencesAndNumbered()
    {
        var parts = SmsParts.Of(string.Join(' ', Enumerable.Repeat("This is a sentence of some length.", 100)));
        Assert.StartsWith("(1/3) This", parts[0], StringComparison.Ordinal);
        Assert.All(parts, part => Assert.EndsWith("length.", part, StringComparison.Ordinal));
        Assert.All(parts, part => Assert.InRange(part.Length, 1, 1600));
    }

    [Fact]
    public void AnyText_ComesWholeInPartsOfWholeCharacters()
    {
        var random = new Random(7);
        string[] bits = ["a", "é", "e\u0301", "👩‍👩‍👧", "日本", "。", " ", "\n", "\n\n", "word ", "Ende. "];
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 6_000)).Select(_ => bits[random.Next(bits.Length)])).Trim();
            var parts = SmsParts.Of(text);
            Assert.All(parts, part => Assert.InRange(part.Length, 0, SmsParts.Longest));
            var joined = string.Concat(parts.Select(part => parts.Length == 1 ? part : part[(part.IndexOf(')', StringComparison.Ordinal) + 2)..]));
            Assert.Equal(Elements(text), Elements(joined));
        }
    }

    /// <summary>The characters as people see them, without spaces.</summary>
    private static string[] Elements(string text)
    {
        var elements = new List<string>();
        var all = StringInfo.GetTextElementEnumerator(text);
        while (all.MoveNext())
        {
            if (!string.IsNullOrWhiteSpace(all.GetTextElement()))
                elements.Add(all.GetTextElement());
        }

        return [.. elements];
    }
}
