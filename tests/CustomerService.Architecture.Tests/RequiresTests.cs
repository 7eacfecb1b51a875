namespace CustomerService.Architecture.Tests;

public sealed class RequiresTests
{
    [Fact]
    public void A_misspelt_requirement_is_an_error_not_a_skip()
    {
        var error = Assert.Throws<ArgumentException>(() => Requires.Missing("postgres"));

        Assert.Contains("postgresql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_absent_is_named_with_the_command_that_brings_it()
    {
        var reason = Requires.Missing("chromium");

        if (Requires.Chromium is null)
            Assert.Contains("apt-get install", reason, StringComparison.Ordinal);
        else
            Assert.Null(reason);
    }
}
