using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Knowledge.Tests;

public sealed class KnowledgeWatcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TickingTime _time = new();
    private readonly KnowledgeIndex _index;
    private readonly KnowledgeWatcher _watcher;
    private readonly List<ImmutableArray<string>> _reloads = [];

    public KnowledgeWatcherTests()
    {
        Write("hats", "Hats rest on a stand.");
        _index = KnowledgeIndex.Open(_folder.Path);
        _watcher = new KnowledgeWatcher(_index, _folder.Path, _time, NullLogger<KnowledgeWatcher>.Instance);
        _watcher.Reloaded += _reloads.Add;
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ChangedFolder_IsTakenOnceItIsStill()
    {
        Write("coats", "Coats hang.");
        _time.Tick();
        Assert.Empty(_reloads);

        Write("coats", "Coats hang on a hook.");
        _time.Tick();
        Assert.Empty(_reloads);

        _time.Tick();
        Assert.Empty(Assert.Single(_reloads));
        Assert.Equal(2, _index.ArticleCount);
    }

    [Fact]
    public void UnchangedFolder_IsLeftAlone()
    {
        for (var look = 0; look < 5; look++)
            _time.Tick();

        Assert.Empty(_reloads);
    }

    [Fact]
    public async Task BadEdit_KeepsTheFormerArticles_SaysSoOnce_AndIsHealedByTheNext()
    {
        _folder.Write("hats.md", "oops");
        for (var look = 0; look < 4; look++)
            _time.Tick();

        Assert.Contains("hats.md:1:", Assert.Single(Assert.Single(_reloads)), StringComparison.Ordinal);
        Assert.NotEmpty((await _index.SearchAsync(new("hats", null))).Hits);

        Write("hats", "Hats rest in boxes.");
        _time.Tick();
        _time.Tick();

        Assert.Equal(2, _reloads.Count);
        Assert.Contains("boxes", (await _index.SearchAsync(new("hats", null))).Hits[0].Passage, StringComparison.Ordinal);
    }

    [Fact]
    public void RemovedFolder_KeepsTheFormerArticles()
    {
        Directory.Move(_folder.Path, _folder.Path + "-away");
        _time.Tick();
        _time.Tick();
        Directory.Move(_folder.Path + "-away", _folder.Path);

        Assert.Contains("no such folder", Assert.Single(Assert.Single(_reloads)), StringComparison.Ordinal);
        Assert.Equal(1, _index.ArticleCount);
    }

    private void Write(string name, string body) => _folder.Write(name + ".md", $"---\ntitle: About {name}\n---\n{body}\n");

    /// <summary>A clock whose timers fire when the test says so.</summary>
    private sealed class TickingTime : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];

        internal void Tick() => _timers.ForEach(timer => timer.Callback(timer.State));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((callback, state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
