using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Tests.Stores;

public sealed class WriteQueueTests
{
    [Fact]
    public void A_write_that_comes_just_as_the_waiting_ends_is_taken_and_so_is_the_next()
    {
        using var queue = new WriteQueue();
        var group = new List<StoreWrite>();
        _ = queue.Add(new FlushWrite());
        // The waiting was over before the write came, and whoever waited takes it.
        Assert.True(queue.Drain(group, isSignalled: false));
        Assert.Single(group);
        group.Clear();

        _ = queue.Add(new FlushWrite());

        Assert.True(queue.Take(group));
        Assert.Single(group);
    }

    [Fact]
    public void A_group_is_no_larger_than_it_may_be()
    {
        using var queue = new WriteQueue(maxGroup: 2);
        for (var n = 0; n < 3; n++)
            _ = queue.Add(new FlushWrite());

        var group = new List<StoreWrite>();
        Assert.True(queue.Take(group));
        Assert.Equal(2, group.Count);
        group.Clear();
        Assert.True(queue.Take(group));
        Assert.Single(group);
    }
}
