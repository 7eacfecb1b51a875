using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CustomerService.Assistants.Actions;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Suggestions;

/// <summary>
/// Writes a reply for a human agent while they watch: piece by piece as a chat model writes, unchecked; at the end the whole with the quality
/// gate's word on it. Nothing is sent. Without a model the best article is the suggestion.
/// </summary>
public sealed class SuggestedReplies(
    AnswerBook answers, ModelRoles models, ToolGate tools, MessageUnderstanding understanding, IKnowledgeBase knowledge, QualityGate gate, TimeProvider time)
{
    /// <summary>An agent waits this long for a suggestion, and no longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ModelAnswers _written = new(tools);

    /// <param name="context">The customer's last message, and what was said before it.</param>
    /// <param name="role">The model that writes; null: none.</param>
    public async IAsyncEnumerable<SuggestionEvent> WriteAsync(RunContext context, ModelRole? role, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var run = new RunScope(context, time);
        var call = new ActionCall("suggestion", ImmutableDictionary<string, object?>.Empty, role, run) { Deadline = run.StartedAt + Longest };
        var request = await RequestAsync(run, cancellation);
        var pieces = Channel.CreateUnbounded<SuggestionEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = ComposeAsync(call, request, pieces.Writer, left.Token);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellation))
                yield return piece;
        }
        finally
        {
            // Whoever stops listening stops the model too.
            await left.CancelAsync();
        }

        var (answer, why) = await writing;
        yield return answer is null ? new SuggestionEvent.Nothing(why) : Checked(request, answer, why);
    }

    private async Task<(ComposedAnswer? Answer, string Why)> ComposeAsync(ActionCall call, AnswerRequest request, ChannelWriter<SuggestionEvent> pieces, CancellationToken cancellation)
    {
        try
        {
            if (models.Find(call, out var why) is not { } chat)
                return Local(request, why ?? "no model writes here");
            var outcome = await _written.AnswerAsync(chat, request, () => Heard(pieces), cancellation);
            return outcome switch
            {
                ModelOutcome.Answer written => (written.Composed, written.Composed.Note),
                ModelOutcome.Person person => (null, person.Why),
                ModelOutcome.Change change => (null, change.Why),
                ModelOutcome.Nothing nothing => Local(request, nothing.Why),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            pieces.TryComplete();
        }
    }

    /// <summary>A model that begins anew takes back what it wrote before.</summary>
    private static Action<string> Heard(ChannelWriter<SuggestionEvent> pieces)
    {
        var reader = new AnswerPieces();
        var begun = false;
        return piece =>
        {
            if (reader.Add(piece) is not { Length: > 0 } text)
                return;
            if (!begun)
                pieces.TryWrite(new SuggestionEvent.Began());
            begun = true;
            pieces.TryWrite(new SuggestionEvent.Piece(text));
        };
    }

    private static (ComposedAnswer? Answer, string Why) Local(AnswerRequest request, string why) =>
        (ArticleAnswers.FromBest(request), $"local: {why}");

    private SuggestionEvent.Whole Checked(AnswerRequest request, ComposedAnswer answer, string note)
    {
        var review = gate.Review(new QualitySubject(answer.Text)
        {
            Language = request.Language,
            Channel = request.Run.Context.Message.Channel,
            Intent = request.Intent == "unknown" ? null : request.Intent,
            AnsweredIntents = answer.Intents,
            CustomerMessage = request.Message,
            CustomerSentiment = request.Run.Draft.Sentiment?.Score ?? 0,
            Sources = answer.Grounds,
            OwnDetails = answer.OwnDetails,
        });
        return new SuggestionEvent.Whole(answer.Text, answer.Sources, review.Passed, review.Score, review.Issues, note);
    }

    private async ValueTask<AnswerRequest> RequestAsync(RunScope run, CancellationToken cancellation)
    {
        var message = run.Context.Message.Content;
        var signals = understanding.Understand(message, [.. run.Context.History.Where(line => line.Author == Author.Customer).Select(line => line.Text)]);
        var language = signals.Language is "und" ? "en" : signals.Language;
        run.Draft.Sentiment = (signals.Sentiment.Score, signals.Sentiment.Emotions, signals.Sentiment.Urgency);
        var intent = signals.Intent.Primary;
        var found = await knowledge.SearchAsync(new KnowledgeQuery(message, null, language).Asking(signals.Intent), cancellation);
        return new AnswerRequest(intent, message, run, answers.In(language))
        {
            Language = language,
            Tone = signals.Sentiment.Score < ToneCheck.Upset ? Tones.Empathetic : Tones.Neutral,
            Greet = false,
            Articles = [.. found.Hits.Where(hit => !hit.Article.Internal).Select(ArticleSource.Of)],
            Identity = run.Context.Identity,
        };
    }
}

/// <summary>What an agent sees of a reply that is being written for them.</summary>
public abstract record SuggestionEvent
{
    private SuggestionEvent()
    {
    }

    /// <summary>A text begins; what came before is void.</summary>
    public sealed record Began : SuggestionEvent;

    /// <summary>More of the text. It is unchecked, and plain text.</summary>
    public sealed record Piece(string Text) : SuggestionEvent;

    /// <summary>The whole text, cleaned, with the gate's word on it.</summary>
    /// <param name="Note">How it came about.</param>
    public sealed record Whole(string Text, ImmutableArray<string> Sources, bool Passed, double Score, ImmutableArray<string> Issues, string Note) : SuggestionEvent;

    /// <summary>There is nothing to suggest.</summary>
    public sealed record Nothing(string Why) : SuggestionEvent;
}
