using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Orders;

public sealed class OrderNumberTests
{
    [Theory]
    [InlineData("Where is my order #W2378156?")]
    [InlineData("where is order w2378156")]
    [InlineData("ORDER:W2378156, please")]
    [InlineData("# W2378156")]
    [InlineData("it is W 2378156.")]
    [InlineData("my number #2378156!")]
    [InlineData("not W237815 but (#w2378156)")]
    public void NumberInAMessage_IsFoundAndWrittenOneWay(string text)
    {
        Assert.True(OrderNumber.TryFindIn(text, out var id));
        Assert.Equal("#W2378156", id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("W")]
    [InlineData("#")]
    [InlineData("where is my order?")]
    [InlineData("call me at 2378156")]
    [InlineData("W23781567")]
    [InlineData("W2378156a")]
    [InlineData("XW2378156")]
    [InlineData("W237815")]
    public void AnythingElse_IsNoOrderNumber(string text) => Assert.False(OrderNumber.TryFindIn(text, out _));

    [Theory]
    [InlineData(" w2378156 ", true)]
    [InlineData("#W2378156", true)]
    [InlineData("#W2378156 and more", false)]
    [InlineData("2378156", false)]
    public void Parse_TakesTheWholeText(string text, bool valid) => Assert.Equal(valid, OrderNumber.TryParse(text, out _));
}
