namespace CustomerService.Knowledge.Tests;

public sealed class BoundedCacheTests
{
    [Fact]
    public void KnownKey_IsNotMadeAgain()
    {
        var cache = new BoundedCache<int>(10);
        var made = 0;

        for (var ask = 0; ask < 5; ask++)
            Assert.Equal(1, cache.GetOrAdd("key", 0, (_, _) => ++made));
    }

    [Fact]
    public void ManyKeys_StayWithinTwiceTheCapacity_AndWhatIsUsedStays()
    {
        var cache = new BoundedCache<int>(100);
        var used = 0;

        for (var key = 0; key < 10_000; key++)
        {
            cache.GetOrAdd($"{key}", 0, (_, _) => 0);
            cache.GetOrAdd("used", 0, (_, _) => ++used);
            Assert.InRange(cache.Count, 1, 200);
        }

        Assert.Equal(1, used);
    }
}
