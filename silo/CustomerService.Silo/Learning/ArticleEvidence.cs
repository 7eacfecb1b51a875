using System.Collections.Immutable;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Knowledge;

namespace CustomerService.Silo.Learning;

/// <summary>
/// What tells without anybody's word whether an article helped: thanks after an answer from it say that it did, a person who had to take over says
/// that it did not. It follows what happens in this process; what a crash loses is a vote of many.
/// </summary>
internal sealed partial class ArticleEvidence(IJournal journal, IArticleFeedback feedback, ILogger<ArticleEvidence> logger) : IHostedService, IDisposable
{
    private const int MostConversations = 10_000;
    private static readonly ImmutableHashSet<string> Content = ["thanks", "goodbye"];

    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, ImmutableArray<string>> _answered = [];
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = journal.Subscribe(null, Notice);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private void Notice(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case MessageSent { Author: Author.Assistant } sent:
                Remember(entry.Grain, sent.Sources);
                break;
            case RunCompleted { ResolutionType: ResolutionTypes.Automated } run when Content.Contains(run.Signals.Intent):
                Tell(entry.Grain, helped: true);
                break;
            case HandedOff:
                Tell(entry.Grain, helped: false);
                break;
        }
    }

    private void Remember(GrainId conversation, ImmutableArray<string> sources)
    {
        if (!sources.Any(source => source.StartsWith(ArticleSourceId.Prefix, StringComparison.Ordinal)))
            return;
        lock (_lock)
        {
            if (_answered.Count >= MostConversations)
                _answered.Clear();
            _answered[conversation] = sources;
        }
    }

    private void Tell(GrainId conversation, bool helped)
    {
        ImmutableArray<string> sources;
        lock (_lock)
        {
            if (!_answered.Remove(conversation, out sources))
                return;
        }

        _ = RecordAsync(conversation.Key, sources, helped);
    }

    private async Task RecordAsync(string conversation, ImmutableArray<string> sources, bool helped)
    {
        try
        {
            await feedback.RecordResolutionAsync(conversation, sources, helped);
        }
        catch (System.Data.Common.DbException fault)
        {
            LogLost(fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Whether an article helped could not be kept: {Reason}")]
    private partial void LogLost(string reason);
}

/// <summary>What customers and agents say about answers, for the articles that they rest on.</summary>
internal sealed class ArticleVotes(IArticleFeedback feedback) : IAnswerFeedback
{
    public async ValueTask RecordAsync(string conversationId, ImmutableArray<string> sources, bool helped, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            if (ArticleSourceId.TryParse(source, out var article))
                await feedback.RecordAsync(article.Id, article.Language, helped, conversationId, cancellation);
        }
    }
}
