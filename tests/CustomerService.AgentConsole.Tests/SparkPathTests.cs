using CustomerService.AgentConsole.Live;

namespace CustomerService.AgentConsole.Tests;

public sealed class SparkPathTests
{
    [Fact]
    public void A_line_goes_from_left_to_right_and_stays_inside() => Assert.Equal("M0 48L120 25L240 2", SparkPath.Line([0, 5, 10], 10));

    [Fact]
    public void What_is_higher_than_the_edge_lies_at_it() => Assert.Equal("M0 2", SparkPath.Line([99], 10));

    [Fact]
    public void Nothing_lies_at_the_bottom_and_no_figures_draw_nothing()
    {
        Assert.Equal("M0 48L240 48", SparkPath.Line([0, 0], 0));
        Assert.Equal("", SparkPath.Area([], 1));
        Assert.EndsWith("L240 48L0 48Z", SparkPath.Area([1, 2], 2), StringComparison.Ordinal);
    }
}
