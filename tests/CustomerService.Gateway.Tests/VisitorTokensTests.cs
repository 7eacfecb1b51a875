using System.Buffers.Text;
using CustomerService.Gateway.Visitors;

namespace CustomerService.Gateway.Tests;

public sealed class VisitorTokensTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];
    private readonly SettableTime _time = new();

    [Fact]
    public void A_token_names_its_visitor_until_it_expires()
    {
        var tokens = new VisitorTokens(Key, TimeSpan.FromDays(30), _time);
        var session = tokens.Issue();

        Assert.Equal(TokenReading.Valid, tokens.Read(session.Token, out var visitor));
        Assert.Equal(session.Visitor, visitor);
        _time.Now += TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1);
        Assert.Equal(TokenReading.Valid, tokens.Read(session.Token, out _));
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(TokenReading.Expired, tokens.Read(session.Token, out var nobody));
        Assert.Equal("", nobody);
    }

    [Fact]
    public void No_bit_of_a_token_can_be_changed()
    {
        var tokens = new VisitorTokens(Key, TimeSpan.FromDays(30), _time);
        var bytes = Base64Url.DecodeFromChars(tokens.Issue().Token);

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(TokenReading.Forged, tokens.Read(Base64Url.EncodeToString(bytes), out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(TokenReading.Valid, tokens.Read(Base64Url.EncodeToString(bytes), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not base64url !")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_forged(string token) =>
        Assert.Equal(TokenReading.Forged, new VisitorTokens(Key, TimeSpan.FromDays(30), _time).Read(token, out _));

    [Fact]
    public void Random_texts_of_any_length_are_forged()
    {
        var random = new Random(17);
        var tokens = new VisitorTokens(Key, TimeSpan.FromDays(30), _time);
        for (var length = 0; length < 400; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(1, 256)));
            Assert.Equal(TokenReading.Forged, tokens.Read(text, out _));
        }
    }

    [Fact]
    public void Another_keys_token_is_forged()
    {
        var token = new VisitorTokens(new byte[32], TimeSpan.FromDays(30), _time).Issue().Token;

        Assert.Equal(TokenReading.Forged, new VisitorTokens(Key, TimeSpan.FromDays(30), _time).Read(token, out _));
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
