using CustomerService.AgentConsole.Wallboard;

namespace CustomerService.AgentConsole.Tests.Wallboard;

public sealed class ScreensTests
{
    private static readonly string[] Known = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Fact]
    public void All_queues_are_shown_in_turn_without_end()
    {
        Assert.Equal<string>(["a", "b", "c", "d", "e", "f"], Screens.At(Known, null, 0).Queues);
        Assert.Equal<string>(["g", "h"], Screens.At(Known, "", 1).Queues);
        Assert.Equal((0, 2), (Screens.At(Known, " , ", int.MaxValue - 1).Screen, Screens.At(Known, " , ", int.MaxValue - 1).Of));
    }

    [Fact]
    public void The_address_chooses_and_orders()
    {
        Assert.Equal<string>(["c", "a"], Screens.At(Known, "c, a,c,nobody", 5).Queues);
        Assert.Equal<string>(["nobody"], Screens.Unknown(Known, "c, a,c,nobody"));
    }

    [Fact]
    public void Without_queues_there_is_nothing_to_show() => Assert.Equal(0, Screens.At([], null, 3).Of);
}
