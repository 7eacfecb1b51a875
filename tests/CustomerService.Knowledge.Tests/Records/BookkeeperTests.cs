using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Knowledge.Tests.Records;

/// <summary>Votes move the ranking a little at a time, and each text in use is kept.</summary>
public sealed class BookkeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly KnowledgeIndex _index;
    private readonly KnowledgeRecords _records;

    public BookkeeperTests()
    {
        Write("one", "title: Cleaning leather shoes", "Wax helps shoes.");
        Write("two", "title: Cleaning leather shoes", "Wax helps shoes.");
        Write("clear", "title: Storing straw hats", "Hats rest on a stand.");
        Write("vague", "title: Storing things", "A stand keeps straw in shape.");
        _index = KnowledgeIndex.Open(_folder.Path, _time);
        _records = KnowledgeRecords.Open(Path.Combine(_folder.Path, "records.db"), _time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Votes_DecideBetweenArticlesThatFitAlike()
    {
        Assert.Equal("one", await FirstAsync("cleaning leather shoes"));

        for (var vote = 0; vote < 30; vote++)
            await _records.RecordAsync("one", "en", helped: false, $"c-{vote}");
        _index.UseFeedback(await _records.CountAsync());

        Assert.Equal("two", await FirstAsync("cleaning leather shoes"));
    }

    [Fact]
    public async Task ThreeVotes_DoNotTurnAClearRankingOver()
    {
        for (var vote = 0; vote < 3; vote++)
        {
            await _records.RecordAsync("clear", "en", helped: false, $"c-{vote}");
            await _records.RecordAsync("vague", "en", helped: true, $"c-{vote}");
        }
        _index.UseFeedback(await _records.CountAsync());

        Assert.Equal("clear", await FirstAsync("storing straw hats"));
    }

    [Fact]
    public async Task TextInUse_IsKept_AndVotesAreTakenUpWhileRunning()
    {
        var noted = new NotedRecords();
        await using var bookkeeper = new KnowledgeBookkeeper(_index, noted, noted, _time, NullLogger<KnowledgeBookkeeper>.Instance);
        Assert.Equal(4, (await noted.Kept.Task).Length);
        await noted.Counted.Task;

        noted.Kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Write("clear", "title: Storing straw hats\nversion: 2", "Hats rest in a box.");
        Write("draft", "title: Not yet\nstatus: draft", "Unfinished.");
        _index.Reload(_folder.Path);
        // A look that comes while another is under way does nothing, so more than one may be needed.
        while (!noted.Kept.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        var kept = await noted.Kept.Task;
        Assert.Contains(kept, article => article is { Id: "clear", Version: 2 });
        Assert.DoesNotContain(kept, article => article.IsDraft);
    }

    private async Task<string?> FirstAsync(string text) => (await _index.SearchAsync(new(text, null))).Hits.FirstOrDefault()?.Article.Id;

    private void Write(string name, string front, string body) => _folder.Write(name + ".md", $"---\n{front}\n---\n{body}\n");

    private sealed class NotedRecords : IArticleFeedback, IArticleHistory
    {
        internal TaskCompletionSource<ImmutableArray<Article>> Kept { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource Counted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask KeepAsync(IEnumerable<Article> articles, CancellationToken cancellation)
        {
            Kept.TrySetResult([.. articles]);
            return default;
        }

        public ValueTask<IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount>> CountAsync(CancellationToken cancellation)
        {
            Counted.TrySetResult();
            return new(new Dictionary<(string, string), FeedbackCount>());
        }

        public ValueTask RecordAsync(string articleId, string language, bool helped, string conversationId, CancellationToken cancellation) => default;

        public ValueTask RecordResolutionAsync(string conversationId, IEnumerable<string> sources, bool byAssistant, CancellationToken cancellation) => default;

        public ValueTask<ImmutableArray<FormerText>> FindAsync(string articleId, string language, CancellationToken cancellation) => new([]);
    }
}
