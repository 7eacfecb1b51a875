using CustomerService.Silo.Running;

namespace CustomerService.Silo.Tests.Running;

public sealed class ProcessLoadTests
{
    [Fact]
    public void Share_IsOfTheTimeSinceTheLastLook()
    {
        var clock = new ManualTimeProvider();
        var load = new ProcessLoad(clock);
        Assert.Null(load.CpuPercent());

        clock.Advance(TimeSpan.FromDays(1));
        Assert.InRange(load.CpuPercent()!.Value, 0, 1);
        for (var used = Environment.CpuUsage.TotalTime; Environment.CpuUsage.TotalTime - used < TimeSpan.FromMilliseconds(50);)
        {
            // Something is to be used.
        }

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(100, load.CpuPercent());
        Assert.Null(load.CpuPercent());
    }

    [Fact]
    public void Process_BeganBeforeNow_AndUsesMemory()
    {
        Assert.True(ProcessLoad.StartedAt < TimeProvider.System.GetUtcNow());
        Assert.True(ProcessLoad.MemoryMegabytes > 1);
    }
}
