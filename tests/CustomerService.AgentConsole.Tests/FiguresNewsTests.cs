using System.Collections.Immutable;
using System.IO;
using CustomerService.AgentConsole.Figures;
using CustomerService.Reporting.Quality;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.AgentConsole.Tests;

public sealed class FiguresNewsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Reviews _reviews = new();

    [Fact]
    public async Task Whoever_watches_is_told_of_each_change_once()
    {
        await using var news = new FiguresNews(_reviews, _time, NullLogger<FiguresNews>.Instance);
        var told = 0;
        using var watching = news.Watch(() => told++);

        await news.LookAsync(default);
        await news.LookAsync(default);
        Assert.Equal(1, told); // The first time, for whatever was read before may be old.
        _reviews.Position = 7;
        await news.LookAsync(default);
        Assert.Equal(2, told);
        _reviews.Fails = true;
        await news.LookAsync(default);
        (_reviews.Fails, _reviews.Position) = (false, 8);
        await news.LookAsync(default);

        Assert.Equal(3, told);
    }

    [Fact]
    public async Task Nobody_looks_while_nobody_watches()
    {
        await using var news = new FiguresNews(_reviews, _time, NullLogger<FiguresNews>.Instance);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _reviews.Asked);

        using var watching = news.Watch(() => { });
        _time.Advance(TimeSpan.FromSeconds(1));

        await _reviews.Looked.WaitAsync();
        Assert.Equal(1, _reviews.Asked);
    }

    private sealed class Reviews : IReviewList
    {
        private int _asked;

        public int Asked => _asked;

        public long Position { get; set; } = 1;

        public bool Fails { get; set; }

        public SemaphoreSlim Looked { get; } = new(0);

        public ValueTask<long> PositionAsync(CancellationToken cancellation = default)
        {
            _asked++;
            Looked.Release();
            return Fails ? throw new IOException("The disk is away.") : ValueTask.FromResult(Position);
        }

        public ValueTask<ImmutableArray<ReviewRow>> SinceAsync(DateTimeOffset from, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<ReviewRow>> OfAgentAsync(string agentId, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<ImmutableDictionary<string, AgentMark>> MarksSinceAsync(DateTimeOffset from, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
