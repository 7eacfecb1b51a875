using CustomerService.Runtime.Tests.Probes;
using CustomerService.Tests;

namespace CustomerService.Runtime.Tests.InProcess;

public sealed class AlarmTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Alarm_WakesItsGrainAtItsTimeAndOnce()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        await system.AskAsync("a", new Note("m") { WakeAt = clock.GetUtcNow().AddMinutes(5) });
        await system.WhenNotesAsync("a", notes => notes.Length == 1);
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(["m"], await system.NotesAsync("a"));

        await AdvanceThenWaitAsync(system, "a", "woken:m", TimeSpan.FromMinutes(1));
        await system.WhenNothingIsLeftAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["m", "woken:m"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task AlarmDueWhileTheSystemWasDown_IsToldAfterTheStart()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        await system.AskAsync("a", new Note("m") { WakeAt = clock.GetUtcNow().AddMinutes(5) });
        await system.StopAsync();
        clock.Advance(TimeSpan.FromHours(1));

        await system.StartAsync();

        Assert.Equal(["m", "woken:m"], await system.WhenNotesAsync("a", notes => notes.Length == 2));
    }

    [Fact]
    public async Task AlarmAfterARestart_StillWaitsForItsTime()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        await system.AskAsync("a", new Note("m") { WakeAt = clock.GetUtcNow().AddMinutes(5) });
        await system.RestartAsync();
        Assert.Equal(["m"], await system.NotesAsync("a"));
        await AdvanceThenWaitAsync(system, "a", "woken:m", TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task SecondAlarmOfTheSameName_ReplacesTheFirst()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        await system.AskAsync("a", new Note("early") { WakeAt = clock.GetUtcNow().AddMinutes(5) });
        await system.AskAsync("a", new Note("late") { WakeAt = clock.GetUtcNow().AddMinutes(10) });

        await AdvanceThenWaitAsync(system, "a", "woken:late", TimeSpan.FromMinutes(10));
        Assert.Equal(["early", "late", "woken:late"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task CancelledAlarm_StaysSilent()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        await system.AskAsync("a", new Note("m") { WakeAt = clock.GetUtcNow().AddMinutes(5) });
        await system.AskAsync("a", new Hush());
        await system.AskAsync("b", new Note("n") { WakeAt = clock.GetUtcNow().AddMinutes(6) });
        await AdvanceThenWaitAsync(system, "b", "woken:n", TimeSpan.FromMinutes(6));
        Assert.Equal(["m"], await system.NotesAsync("a"));
    }

    [Fact]
    public async Task ThousandAlarmsAtOnce_AllRing()
    {
        await using var system = await new ProbeSystem { Clock = clock }.StartAsync();
        var due = clock.GetUtcNow().AddMinutes(5);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => system.AskAsync($"g{n}", new Note("m") { WakeAt = due }).AsTask()));

        await AdvanceThenWaitAsync(system, "g999", "woken:m", TimeSpan.FromMinutes(5));
        for (var n = 0; n < 1000; n++)
            await system.WhenNotesAsync($"g{n}", notes => notes.Length == 2);
        await system.WhenNothingIsLeftAsync();
    }

    private async Task AdvanceThenWaitAsync(ProbeSystem system, string key, string note, TimeSpan by)
    {
        clock.Advance(by);
        await system.WhenNotesAsync(key, notes => notes.Contains(note));
    }
}
