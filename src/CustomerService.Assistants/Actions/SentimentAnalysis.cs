using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Prompts;
using CustomerService.Grains.Conversations;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>How the customer feels and how urgent it is.</summary>
public sealed class SentimentAnalysis(MessageUnderstanding understanding, ModelRoles models) : IPipelineAction
{
    private static readonly string[] OutputFields = ["sentiment_score", "emotion_labels", "urgency_level", "urgency_score", "language"];
    private static readonly string[] Levels = ["low", "normal", "high", "critical"];

    public ActionContract Contract { get; } = new(
        "sentiment_analysis",
        "Scores the message's sentiment (-1 to 1), names emotions and tells how urgent it is.",
        [new("content", Required: true), new("history"), new("detect_emotions"), new("urgency_detection")],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        var text = call.Text("content") ?? run.Context.Message.Content;
        var local = memory.Understand(understanding, text, run.Context);
        var reading = new Reading(local.Sentiment.Score, local.Sentiment.Emotions, local.Sentiment.Urgency, local.Sentiment.UrgencyScore);
        var (asked, note) = await ModelPath.TryAsync(
            models, call, memory, chat => StructuredChat.AskAsync(chat, PromptNames.Sentiment, Question(chat, call, text), Read, cancellation));
        if (asked is not null)
            reading = asked;

        IReadOnlyList<string> emotions = call.Value("detect_emotions") is false ? [] : reading.Emotions;
        var urgency = call.Value("urgency_detection") is false ? "normal" : reading.Urgency;
        run.Draft.Language ??= local.Language;
        run.Draft.Sentiment = (reading.Score, emotions, urgency);
        return new ActionResult(new Fields(OutputFields, reading.Score, emotions, urgency, reading.UrgencyScore, run.Draft.Language), note);
    }

    private static Dictionary<string, object?> Question(RunChat chat, ActionCall call, string text) => new()
    {
        ["message"] = text.Length <= chat.MaxMessageCharacters ? text : text[..chat.MaxMessageCharacters],
        ["earlier"] = Earlier(call),
    };

    private static List<object?> Earlier(ActionCall call)
    {
        if (call.Value("history") is not IEnumerable<object?> history)
            return [.. call.Run.Context.History.Where(line => line.Author == Author.Customer).Select(line => line.Text)];
        return [.. history.OfType<IReadOnlyDictionary<string, object?>>()
            .Where(line => line.GetValueOrDefault("author") is "customer").Select(line => line.GetValueOrDefault("text"))];
    }

    private static Reading Read(JsonElement json)
    {
        var urgency = json.GetProperty("urgency").GetString()!;
        return new Reading(
            json.GetProperty("score").GetDouble(), [.. json.GetProperty("emotions").EnumerateArray().Select(item => item.GetString()!)],
            urgency, Array.IndexOf(Levels, urgency) / 3.0);
    }

    private sealed record Reading(double Score, IReadOnlyList<string> Emotions, string Urgency, double UrgencyScore);
}
