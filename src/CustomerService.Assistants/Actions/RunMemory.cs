using CustomerService.Assistants.Responses;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using LocalSignals = CustomerService.Language.MessageSignals;

namespace CustomerService.Assistants.Actions;

/// <summary>What these actions share within one run: each thing is computed once, by whichever action needs it first.</summary>
internal sealed class RunMemory
{
    private readonly Lock _lock = new();
    private (string Text, LocalSignals Signals)? _understood;
    private (KnowledgeQuery Query, KnowledgeResult Result)? _searched;
    private CustomerProof? _proof;

    /// <summary>What the customer was found to want; null before intent classification ran.</summary>
    public IntentRanking? Intent { get; set; }

    /// <summary>The answer that was composed in this run, with what it rests on.</summary>
    public ComposedAnswer? Composed { get; set; }

    /// <summary>What identification found; nothing before it ran.</summary>
    public IdentityFinding Identity { get; set; } = IdentityFinding.None;

    /// <summary>Whether the pipeline asks for proof whatever the intent.</summary>
    public bool ProofRequired { get; set; }

    /// <summary>The proven customer's own details, which may be shown to them.</summary>
    public IReadOnlyList<string> OwnDetails { get; set; } = [];

    /// <summary>The customer's tier; null before identification ran.</summary>
    public string? Tier { get; set; }

    /// <summary>Language, intent and sentiment from one pass over the text.</summary>
    public LocalSignals Understand(MessageUnderstanding understanding, string text, RunContext context)
    {
        lock (_lock)
        {
            if (_understood is { } known && known.Text == text)
                return known.Signals;
            var signals = understanding.Understand(text, EarlierTexts(context));
            _understood = (text, signals);
            return signals;
        }
    }

    public async ValueTask<KnowledgeResult> SearchAsync(IKnowledgeBase knowledge, KnowledgeQuery query, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_searched is { } known && Same(known.Query, query))
                return known.Result;
        }

        var result = await knowledge.SearchAsync(query, cancellation);
        lock (_lock)
            _searched = (query, result);
        return result;
    }

    // Lists are only equal to themselves.
    private static bool Same(KnowledgeQuery known, KnowledgeQuery query) => known.Intents.SequenceEqual(query.Intents) && known with { Intents = query.Intents } == query;

    /// <summary>An article that this run's search found, or null.</summary>
    public KnowledgeHit? Found(string articleId)
    {
        lock (_lock)
        {
            return _searched?.Result.Hits.FirstOrDefault(hit => hit.Article.Id == articleId);
        }
    }

    /// <summary>Proof of identity that the message itself offers; nothing in most messages, which is seen at a glance.</summary>
    public CustomerProof ProofIn(RunContext context)
    {
        lock (_lock)
        {
            return _proof ??= MayHoldProof(context) ? CustomerProof.FindIn(context.Message.Content) : CustomerProof.Nothing;
        }
    }

    // A complete proof has a postcode, and every postcode has a digit; a name alone counts only where one was asked for.
    private static bool MayHoldProof(RunContext context) =>
        context.Pending?.Kind == PendingKinds.Identity
        || context.Message.Content.AsSpan().ContainsAnyInRange('0', '9')
        || context.Message.Content.Contains('@', StringComparison.Ordinal);

    private static List<string>? EarlierTexts(RunContext context)
    {
        List<string>? texts = null;
        foreach (var line in context.History)
        {
            if (line.Author == Author.Customer)
                (texts ??= []).Add(line.Text);
        }

        return texts;
    }
}
