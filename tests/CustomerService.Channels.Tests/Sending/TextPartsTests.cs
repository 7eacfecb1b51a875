using System.Text;
using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Tests.Sending;

public sealed class TextPartsTests
{
    [Fact]
    public void ShortText_StaysWhole() => Assert.Equal("Hello there", Assert.Single(TextParts.Of(" Hello there\n", 20, text => text.Length)));

    [Fact]
    public void NoText_IsNoPart() => Assert.Empty(TextParts.Of(" \n", 20, text => text.Length));

    [Fact]
    public void LongText_IsCutWhereAReaderWouldPause() =>
        Assert.Equal("One two three.|Four five six|seven eight nine|ten", string.Join('|', TextParts.Of("One two three. Four five six seven eight nine ten", 19, text => text.Length)));

    [Fact]
    public void Characters_AreNeverCut()
    {
        const string Family = "👨‍👩‍👧";
        Assert.Equal($"{Family}{Family}|{Family}", string.Join('|', TextParts.Of(Family + Family + Family, (2 * Family.Length) + 3, text => text.Length)));
    }

    [Fact]
    public void NothingIsLost_AndNothingTooLong_WhateverTheTextIs()
    {
        var random = new Random(20260302);
        string[] signs = ["a", "ü", "語", "🙂", "e\u0301", " ", "\n", ". ", "。", "🇩🇪"];
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 300)).Select(_ => signs[random.Next(signs.Length)]));
            var parts = TextParts.Of(text, 40, Encoding.UTF8.GetByteCount);
            Assert.All(parts, part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, 40));
            Assert.Equal(Dense(text), Dense(string.Concat(parts)));
        }
    }

    [Fact]
    public void SignWithMoreMarksThanFit_StillEnds() =>
        Assert.Equal(Dense("a" + new string('\u0301', 100)), Dense(string.Concat(TextParts.Of("a" + new string('\u0301', 100), 10, Encoding.UTF8.GetByteCount))));

    private static string Dense(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
}
