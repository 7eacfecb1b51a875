using CustomerService.AgentConsole.SignIn;

namespace CustomerService.AgentConsole.Tests;

public sealed class ReturnAddressTests
{
    [Theory]
    [InlineData("/console/queues", "console/queues")]
    [InlineData("/console/desk/c-1?x=1", "console/desk/c-1?x=1")]
    [InlineData("/console", "console")]
    public void A_page_of_the_console_is_gone_back_to(string wanted, string to) => Assert.Equal(to, ReturnAddress.Checked(wanted));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/console")]
    [InlineData("//evil.example/console")]
    [InlineData("/console.evil.example")]
    [InlineData("/consolex")]
    [InlineData("/console\\@evil.example")]
    [InlineData("/console/\r\nX: y")]
    [InlineData("javascript:alert(1)")]
    public void Nothing_else_is(string? wanted) => Assert.Equal("console", ReturnAddress.Checked(wanted));
}
