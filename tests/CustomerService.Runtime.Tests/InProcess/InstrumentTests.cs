using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Tests.Probes;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class InstrumentTests
{
    [Fact]
    public async Task Figures_FollowWhatHappens()
    {
        // Other tests run beside this one and count too, so sums are only known to be at least so large.
        var sums = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, to) =>
            {
                if (instrument.Meter.Name == RuntimeInstruments.MeterName)
                    to.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, Math.Max(value, 0), (_, sum) => sum + Math.Max(value, 0)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();

        await using var system = await new ProbeSystem { Performer = new ChoreWorker() }.StartAsync();
        await system.AskAsync("a", new Note("1") { Forward = [ProbeFormat.Probe("b")], Work = "w" });
        await system.WhenNotesAsync("a", notes => notes.Contains("done:w"));
        await Assert.ThrowsAsync<CommandParkedException>(async () => await system.AskAsync("a", new Blow("boom")));
        await system.WhenNothingIsLeftAsync();

        string[] expected =
        [
            "runtime.turns", "runtime.parked", "runtime.activations", "runtime.mailbox.waiting", "runtime.tells.pending",
            "runtime.work.pending", "runtime.store.groups", "runtime.store.group_size", "runtime.store.commit_seconds", "grain_call",
        ];
        Assert.All(expected, name => Assert.True(sums.GetValueOrDefault(name) > 0, $"{name} counted nothing."));
        Assert.True(sums["runtime.turns"] >= 3);
    }
}
