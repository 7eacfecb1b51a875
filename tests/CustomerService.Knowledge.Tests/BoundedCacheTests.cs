namespace CustomerService.Knowledge.Tests;

public sealed class BoundedCacheTests
{
    [Fact]
    public void KnownKey_IsFound_AndKeepsItsFirstValue()
    {
        var cache = new BoundedCache<int>(10);

        Assert.False(cache.TryGet("key", out _));
        cache.Add("key", 1);
        cache.Add("key", 2);

        Assert.True(cache.TryGet("key", out var value));
        Assert.Equal(1, value);
    }

    [Fact]
    public void ManyKeys_StayWithinTwiceTheCapacity_AndWhatIsUsedStays()
    {
        var cache = new BoundedCache<int>(100);
        cache.Add("used", 0);

        for (var key = 0; key < 10_000; key++)
        {
            cache.Add($"{key}", 0);
            Assert.True(cache.TryGet("used", out _));
            Assert.InRange(cache.Count, 1, 200);
        }
    }
}
