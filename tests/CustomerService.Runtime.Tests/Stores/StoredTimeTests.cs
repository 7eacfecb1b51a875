using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Tests.Stores;

public sealed class StoredTimeTests
{
    private static readonly DateTimeOffset Whole = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    public void Alarm_NeverBeforeItsTime(long ticks, long kept) =>
        Assert.Equal(Whole.AddTicks(kept), StoredTime.NotBefore(Whole.AddTicks(ticks)));

    [Fact]
    public void LastOfAllTimes_IsKeptAsWellAsItCanBe() =>
        Assert.Equal(StoredTime.Cut(DateTimeOffset.MaxValue), StoredTime.NotBefore(DateTimeOffset.MaxValue));
}
