using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace CustomerService.Knowledge;

/// <summary>Keeps each text that comes into use, and lets the ranking follow the votes.</summary>
public sealed class KnowledgeBookkeeper : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int LooksBetweenCounts = 12;

    private readonly KnowledgeIndex _index;
    private readonly IArticleFeedback _feedback;
    private readonly IArticleHistory _history;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _oneLook = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private ImmutableArray<Article> _kept;
    private int _looks;

    /// <summary>Begins at once.</summary>
    public KnowledgeBookkeeper(KnowledgeIndex index, IArticleFeedback feedback, IArticleHistory history, TimeProvider time, ILogger<KnowledgeBookkeeper> logger)
    {
        (_index, _feedback, _history, _logger) = (index, feedback, history, logger);
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, TimeSpan.Zero, Interval);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        // A look that is under way ends first: what it writes to may be closed next.
        await _oneLook.WaitAsync();
        _stop.Dispose();
        _oneLook.Dispose();
    }

    private async Task LookAsync()
    {
        if (_stop.IsCancellationRequested || !await _oneLook.WaitAsync(0))
            return;
        try
        {
            var articles = _index.Articles;
            if (_kept != articles)
            {
                // Drafts are nobody's source.
                await _history.KeepAsync(articles.Where(article => !article.IsDraft), _stop.Token);
                _kept = articles;
            }
            if (_looks++ % LooksBetweenCounts == 0)
                _index.UseFeedback(await _feedback.CountAsync(_stop.Token));
        }
        catch (Exception error) when (error is DbException or IOException or TimeoutException or OperationCanceledException)
        {
            if (!_stop.IsCancellationRequested)
                _logger.LogWarning("The records of articles cannot be reached, and are tried again: {Reason}", error.Message);
        }
        finally
        {
            _oneLook.Release();
        }
    }
}
