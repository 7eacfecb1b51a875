using CustomerService.Channels.Voice;

namespace CustomerService.Channels.Tests.Voice;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("Your **order** is `on` its way.", "Your order is on its way.")]
    [InlineData("See [our page](https://shop.example/returns?x=1).", "See our page.")]
    [InlineData("See https://www.shop.example/a/b?c=d now", "See www.shop.example now")]
    [InlineData("# Returns\n\n- within 30 days\n- unused.\nThat is all", "Returns. within 30 days. unused. That is all")]
    [InlineData("2 * 3 - 1 > 4, snake_case", "2 * 3 - 1 > 4, snake_case")]
    [InlineData("こんにちは。\nお元気ですか", "こんにちは。 お元気ですか")]
    [InlineData("", "")]
    public void MarksForTheEye_AreNotSaid(string written, string said) => Assert.Equal(said, SpokenText.Of(written));
}
