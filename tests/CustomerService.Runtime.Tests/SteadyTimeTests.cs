using CustomerService.Runtime;

namespace CustomerService.Runtime.Tests;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly JumpingTime wall = new();

    [Fact]
    public void WithoutJumps_ItIsTheWallClock()
    {
        var steady = new SteadyTime(wall);
        for (var minute = 0; minute < 5; minute++)
        {
            wall.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(wall.GetUtcNow(), steady.GetUtcNow());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void AfterAJump_ItGoesOn_NeverBack_AndNearsTheWallClock(int hours)
    {
        var steady = new SteadyTime(wall);
        wall.Pass(TimeSpan.FromMinutes(1));
        var before = steady.GetUtcNow();
        wall.Error = TimeSpan.FromHours(hours);

        Assert.Equal(before, steady.GetUtcNow());
        wall.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(before + TimeSpan.FromSeconds(20 + hours), steady.GetUtcNow());
        for (var minute = 0; minute < 21 * 60; minute++)
        {
            wall.Pass(TimeSpan.FromMinutes(1));
            var now = steady.GetUtcNow();
            Assert.True(now > before);
            before = now;
        }

        Assert.Equal(wall.GetUtcNow(), before);
    }

    [Fact]
    public void SmallDrift_IsFollowedAtOnce()
    {
        var steady = new SteadyTime(wall);
        wall.Pass(TimeSpan.FromSeconds(10));
        wall.Error = TimeSpan.FromMilliseconds(5);

        Assert.Equal(wall.GetUtcNow(), steady.GetUtcNow());
    }

    [Fact]
    public void SleepOfTheMachine_IsTimeThatPassed()
    {
        var steady = new SteadyTime(wall, () => wall.SinceBoot);
        wall.Pass(TimeSpan.FromMinutes(1));
        wall.Sleep(TimeSpan.FromHours(8));

        Assert.Equal(wall.GetUtcNow(), steady.GetUtcNow());
        wall.Error = TimeSpan.FromHours(1);
        wall.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(Start + wall.SinceBoot + TimeSpan.FromSeconds(1), steady.GetUtcNow());
    }

    /// <summary>A machine whose clock can be set, and whose timestamps stand still while it sleeps.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private TimeSpan awake;
        private TimeSpan slept;

        public TimeSpan Error { get; set; }

        public TimeSpan SinceBoot => awake + slept;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => awake += time;

        public void Sleep(TimeSpan time) => slept += time;

        public override long GetTimestamp() => awake.Ticks;

        public override DateTimeOffset GetUtcNow() => Start + SinceBoot + Error;
    }
}
