using CustomerService.AgentConsole.Customers;
using CustomerService.Grains.Customers;

namespace CustomerService.AgentConsole.Tests;

public sealed class MoodLineTests
{
    [Fact]
    public void Line_GoesFromLeftToRight_UnhappyBelowTheMiddle()
    {
        var line = MoodLine.Of([Message(0.5), Message(-0.8), Message(0)]);

        Assert.Equal(line.Points.Select(point => point.X).Order(), line.Points.Select(point => point.X));
        Assert.True(line.Points[0].Y < MoodLine.Middle && line.Points[1].Y > MoodLine.Middle);
        Assert.Equal(MoodLine.Middle, line.Points[2].Y);
        Assert.Equal(-0.8, line.Lowest);
    }

    [Fact]
    public void MoodBeyondItsBounds_StaysInThePicture() =>
        Assert.All(MoodLine.Of([Message(-7), Message(9)]).Points, point => Assert.InRange(point.Y, 0, MoodLine.Height));

    [Fact]
    public void OneMessage_IsNoLine() => Assert.False(MoodLine.Of([Message(1)]).IsLine);

    private static PastInteraction Message(double mood) => new("m", "c", "chat", "…", "order_status", mood, "automated", DateTimeOffset.UnixEpoch);
}
