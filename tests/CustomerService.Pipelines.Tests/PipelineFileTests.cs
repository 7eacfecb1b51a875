using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Tests;

/// <summary>Files in use are watched by the real system; tests wait for its events.</summary>
public sealed class PipelineFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("pipelines-").FullName;
    private readonly PipelineChecker _checker = new([TestAction.Echo]);
    private readonly RecordingLog<PipelineFile> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AGoodEdit_TakesEffect()
    {
        using var file = Open("id: before\ntasks: [{ id: a, action: echo }]");
        var plan = file.Current;

        var report = await EditAsync(file, path => File.WriteAllText(path, "id: after\ntasks: [{ id: a, action: echo }]"));

        Assert.Equal("before", plan.Id);
        Assert.Equal("after", file.Current.Id);
        Assert.Same(file.Current, report.Plan);
    }

    [Fact]
    public async Task ABadEdit_KeepsTheOldPlan_AndSaysWhere()
    {
        using var file = Open("id: before\ntasks: [{ id: a, action: echo }]");

        var report = await EditAsync(file, path => File.WriteAllText(path, "id: after\ntasks: [{ id: a, action: ehco }]"));

        Assert.Equal("before", file.Current.Id);
        Assert.Null(report.Plan);
        var logged = Assert.Single(_log.Errors);
        Assert.Contains("stays in force", logged, StringComparison.Ordinal);
        Assert.Contains("pipeline.yaml:2:26: error: there is no action 'ehco'. Fix: did you mean 'echo'?", logged, StringComparison.Ordinal);

        await EditAsync(file, path => File.WriteAllText(path, "id: repaired\ntasks: [{ id: a, action: echo }]"));
        Assert.Equal("repaired", file.Current.Id);
    }

    [Fact]
    public async Task AReplacedFile_TakesEffect()
    {
        using var file = Open("id: before\ntasks: [{ id: a, action: echo }]");

        await EditAsync(file, path =>
        {
            File.WriteAllText(path + ".new", "id: after\ntasks: [{ id: a, action: echo }]");
            File.Move(path + ".new", path, overwrite: true);
        });

        Assert.Equal("after", file.Current.Id);
    }

    [Fact]
    public void ATouch_ChangesNothing_AndManyChangesInAMoment_CountOnce()
    {
        var time = new ManualTimeProvider();
        var path = Path.Combine(_folder, "watched.txt");
        File.WriteAllText(path, "one");
        var seen = new List<string>();
        using var file = new WatchedFile(path, "one", time, seen.Add, fault => seen.Add(fault.GetType().Name));

        file.Look();
        File.WriteAllText(path, "two");
        File.WriteAllText(path, "three");
        file.Look();
        file.Look();
        File.Delete(path);
        file.Look();

        Assert.Equal(["three", nameof(FileNotFoundException)], seen);
    }

    [Fact]
    public void ABadFile_IsNotOpened()
    {
        var fault = Assert.Throws<PipelineFormatException>(() => Open("id: p\ntasks: [{ id: a, action: ehco }]"));

        Assert.Contains("pipeline.yaml:2:26: error: there is no action 'ehco'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<PipelineFormatException>(() => new PipelineFile(Path.Combine(_folder, "none.yaml"), _checker, TimeProvider.System, _log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoutingRules_AreReloaded_AndABadEditKeepsTheOld()
    {
        var path = Path.Combine(_folder, "routing.yaml");
        File.WriteAllText(path, "default_queue: first");
        var log = new RecordingLog<RoutingRulesFile>();
        using var file = new RoutingRulesFile(path, TimeProvider.System, log);
        Assert.Equal("first", file.Current.DefaultQueue);

        var logged = log.NextAsync();
        File.WriteAllText(path, "default_queue: second");
        await logged.WaitAsync(Patience);
        Assert.Equal("second", file.Current.DefaultQueue);

        logged = log.NextAsync();
        File.WriteAllText(path, "default_queu: third");
        Assert.Contains("routing.yaml:1:1: error: a routing file has no key 'default_queu'. Fix: did you mean 'default_queue'?", await logged.WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal("second", file.Current.DefaultQueue);
    }

    private PipelineFile Open(string yaml)
    {
        var path = Path.Combine(_folder, "pipeline.yaml");
        File.WriteAllText(path, yaml);
        return new PipelineFile(path, _checker, TimeProvider.System, _log);
    }

    /// <summary>Edits the file and waits for the report on its last text: an editor's steps may be seen one by one.</summary>
    private async Task<PipelineCheckReport> EditAsync(PipelineFile file, Action<string> edit)
    {
        var path = Path.Combine(_folder, "pipeline.yaml");
        var done = new TaskCompletionSource<PipelineCheckReport>();
        void Note(object? sender, PipelineCheckReport report)
        {
            if (report.Text == File.ReadAllText(path))
                done.TrySetResult(report);
        }

        file.Reloaded += Note;
        edit(path);
        var report = await done.Task.WaitAsync(Patience);
        file.Reloaded -= Note;
        return report;
    }



    private sealed class RecordingLog<T> : ILogger<T>
    {
        private readonly List<string> _errors = [];
        private TaskCompletionSource<string> _next = new();

        public IReadOnlyList<string> Errors
        {
            get
            {
                lock (_errors)
                    return [.. _errors];
            }
        }

        public Task<string> NextAsync() => (_next = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (logLevel == LogLevel.Error)
            {
                lock (_errors)
                    _errors.Add(text);
            }

            _next.TrySetResult(text);
        }
    }
}
