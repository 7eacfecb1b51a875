using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Turns;

public sealed class GrainIdTests
{
    [Theory]
    [InlineData("conversation", "c-1")]
    [InlineData("address", "email:a/b@example.com")]
    public void Id_ReadsBackWhatItWrote(string kind, string key)
    {
        var id = new GrainId(kind, key);

        Assert.Equal(id, GrainId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("conversation")]
    [InlineData("/c-1")]
    [InlineData("conversation/")]
    public void TextWithoutKindOrKey_IsNoId(string text) =>
        Assert.Contains("kind/key", Assert.Throws<FormatException>(() => GrainId.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("billing", 1)]
    [InlineData("billing-north-2", 13)]
    public void OfferId_NamesItsQueueAndNumber(string queue, long number)
    {
        var id = OfferIds.Of(queue, number);

        Assert.Equal((queue, number), (OfferIds.QueueOf(id), OfferIds.NumberOf(id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("billing")]
    [InlineData("-4")]
    [InlineData("billing-")]
    [InlineData("billing-x")]
    [InlineData("billing-99999999999999999999")]
    public void TextThatIsNoOfferId_HasNumberZero(string text) => Assert.Equal(0, OfferIds.NumberOf(text));
}
