using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Tests;

/// <summary>Real files in use, edited as editors, deployments and tools do; the clock is moved by hand.</summary>
public sealed class LiveContentTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("content-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private int _changes;

    private string File1 => Path.Combine(_folder, "one.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Edit_IsInForce_AndTold()
    {
        using var content = Open("before");

        File.WriteAllText(File1, "after");
        Assert.Equal("before", content.Current);
        _time.Advance(Look + Settling);

        Assert.Equal(("after", 1), (content.Current, _changes));
        Assert.Contains(_log.Lines, line => line == $"Information {_folder} was read again and is in force");
    }

    [Fact]
    public void BadEdit_KeepsWhatWasInForce_SaysWhyOnce_AndTheRepairIsTaken()
    {
        using var content = Open("before");

        File.WriteAllText(File1, "bad");
        _time.Advance(10 * Look);

        Assert.Equal(("before", 0), (content.Current, _changes));
        Assert.Equal($"Error {_folder} can't be used as it is now; what was in force stays in force:\none.txt:1:1: it is bad. Fix: write something better", Assert.Single(_log.Lines));

        Save("repaired");
        Assert.Equal("repaired", content.Current);
    }

    [Fact]
    public void FaultOfTheReader_EndsNothing_AndIsLoggedWhole()
    {
        using var content = Open("before");

        Save("bug");

        Assert.Equal("before", content.Current);
        Assert.IsType<InvalidOperationException>(Assert.Single(_log.Faults));
    }

    [Fact]
    public void DeletedFile_IsAStateLikeAnyOther_AndSoIsANewOne()
    {
        using var content = Open("one");

        File.Delete(File1);
        _time.Advance(Look + Settling);
        Assert.Equal("", content.Current);

        File.WriteAllText(Path.Combine(_folder, "two.txt"), "two");
        Save("one again");
        Assert.Equal("one again two", content.Current);
    }

    [Fact]
    public void AtomicSave_IsTaken_ThoughLengthAndTimeAreAsBefore()
    {
        using var content = Open("before");
        var written = File.GetLastWriteTimeUtc(File1);

        File.WriteAllText(File1 + ".new", "after!");
        File.SetLastWriteTimeUtc(File1 + ".new", written);
        File.Move(File1 + ".new", File1, overwrite: true);
        _time.Advance(Look + Settling);

        Assert.Equal("after!", content.Current);
    }

    [Fact]
    public void SwitchedLink_IsTaken_AsDeploymentsDoIt()
    {
        foreach (var version in new[] { "v1", "v2" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, version));
            File.WriteAllText(Path.Combine(_folder, version, "one.txt"), version);
        }

        Directory.CreateSymbolicLink(Path.Combine(_folder, "current"), "v1");
        File.CreateSymbolicLink(File1, Path.Combine("current", "one.txt"));
        using var content = Open(null);
        Assert.Equal("v1", content.Current);

        Directory.CreateSymbolicLink(Path.Combine(_folder, "next"), "v2");
        Directory.Delete(Path.Combine(_folder, "current"));
        Directory.Move(Path.Combine(_folder, "next"), Path.Combine(_folder, "current"));
        _time.Advance(Look + Settling);

        Assert.Equal("v2", content.Current);
    }

    [Fact]
    public void BurstOfEdits_CountsOnce_WhenItIsOver()
    {
        using var content = Open("before");
        _time.Advance(Look - Settling);
        for (var step = 0; step < 10; step++)
        {
            File.WriteAllText(File1, step % 2 == 0 ? "bad" : $"step {step}");
            _time.Advance(Settling);
            Assert.Equal("before", content.Current);
        }

        _time.Advance(Settling);

        Assert.Equal(("step 9", 1), (content.Current, _changes));
        Assert.Single(_log.Lines); // nothing of what stood there in between
    }

    [Fact]
    public void Touch_ChangesNothing()
    {
        using var content = Open("before");
        _time.Advance(Look);

        File.SetLastWriteTimeUtc(File1, File.GetLastWriteTimeUtc(File1).AddMinutes(1));
        File.WriteAllText(File1, "before");
        _time.Advance(2 * Look);

        Assert.Equal(0, _changes);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void ReadAgain_TakesWhatElseHasChanged_AndAfterTheEndNothingIsRead()
    {
        var word = "before";
        var content = new LiveContent<string>(_folder, () => [], () => word, _time, _log);
        word = "after";
        content.ReadAgain();
        Assert.Equal("after", content.Current);

        content.Dispose();
        word = "too late";
        content.ReadAgain();
        content.Look();
        _time.Advance(2 * Look);
        Assert.Equal("after", content.Current);
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public void Pipeline_IsReloaded_AndABadEditSaysWhere()
    {
        var path = Path.Combine(_folder, "pipeline.yaml");
        var (checker, log) = (new PipelineChecker([TestAction.Echo]), new RecordingLog<PipelineFile>());
        Assert.Contains("there is no such file", Assert.Throws<PipelineFormatException>(() => new PipelineFile(path, checker, _time, log)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "id: before\ntasks: [{ id: a, action: ehco }]");
        Assert.Contains("pipeline.yaml:2:26: error: there is no action 'ehco'", Assert.Throws<PipelineFormatException>(() => new PipelineFile(path, checker, _time, log)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "id: before\ntasks: [{ id: a, action: echo }]");
        using var file = new PipelineFile(path, checker, _time, log);
        var plan = file.Current;

        File.WriteAllText(path, "id: after\ntasks: [{ id: a, action: ehco }]");
        file.Look();
        Assert.Same(plan, file.Current);
        Assert.Contains("pipeline.yaml:2:26: error: there is no action 'ehco'. Fix: did you mean 'echo'?", log.Lines.Last(), StringComparison.Ordinal);

        File.WriteAllText(path, "id: after\ntasks: [{ id: a, action: echo }]");
        file.Look();
        Assert.Equal(("before", "after"), (plan.Id, file.Current.Id));
    }

    [Fact]
    public void RoutingRules_AreReloaded_AndReadAgainEachDayForTheirHolidayFiles()
    {
        var path = Path.Combine(_folder, "routing.yaml");
        File.WriteAllText(Path.Combine(_folder, "days.ics"), Holidays("20260501"));
        File.WriteAllText(path, "default_queue: first\ncalendars:\n  office: { time_zone: Europe/Berlin, week: { mon-fri: 9:00-17:00 }, holidays: [days.ics] }\n");
        var log = new RecordingLog<RoutingRulesFile>();
        using var file = new RoutingRulesFile(path, _time, log);
        file.Changed += () => _changes++;

        File.WriteAllText(Path.Combine(_folder, "days.ics"), "none");
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, _changes);
        Assert.Contains("BEGIN:VCALENDAR", log.Lines.Last(), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "days.ics"), Holidays("20260502"));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, _changes);

        File.WriteAllText(path, "default_queu: second");
        file.Look();
        Assert.Equal("first", file.Current.DefaultQueue);
        Assert.Contains("routing.yaml:1:1: error: a routing file has no key 'default_queu'. Fix: did you mean 'default_queue'?", log.Lines.Last(), StringComparison.Ordinal);
        File.WriteAllText(path, "default_queue: second");
        file.Look();
        Assert.Equal("second", file.Current.DefaultQueue);
    }

    private static string Holidays(string day) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//shop//days//EN\r\nBEGIN:VEVENT\r\nUID:{day}@shop\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:Closed\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    /// <summary>The words of all text files of the folder; "bad" is none.</summary>
    private LiveContent<string> Open(string? text)
    {
        if (text is not null)
            File.WriteAllText(File1, text);
        var content = new LiveContent<string>(_folder, Files, () => string.Join(' ', Files().Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file) switch
        {
            "bad" => throw new FormatException($"{Path.GetFileName(file)}:1:1: it is bad. Fix: write something better"),
            "bug" => throw new InvalidOperationException("a bug"),
            var word => word,
        })), _time, _log);
        content.Changed += () => _changes++;
        return content;
    }

    private void Save(string text)
    {
        File.WriteAllText(File1, text);
        _time.Advance(Look + Settling);
    }

    private string[] Files() => Directory.GetFiles(_folder, "*.txt");

    private class RecordingLog : ILogger
    {
        private readonly List<(string Line, Exception? Fault)> _written = [];

        public IEnumerable<string> Lines => _written.Select(entry => entry.Line);

        public IEnumerable<Exception> Faults => _written.Select(entry => entry.Fault).OfType<Exception>();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _written.Add(($"{logLevel} {formatter(state, exception)}", exception));
    }

    private sealed class RecordingLog<T> : RecordingLog, ILogger<T>;
}
