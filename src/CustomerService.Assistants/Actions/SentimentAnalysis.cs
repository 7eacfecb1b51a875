using System.Text.Json;
using CustomerService.Assistants.Models;
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
        var (asked, use, note) = await ModelPath.TryAsync(
            models, call, memory, chat => StructuredChat.AskAsync(chat, Prompt.Sentiment, Question(chat, call, text), Read, cancellation));
        if (asked is not null)
            reading = asked;

        IReadOnlyList<string> emotions = call.Value("detect_emotions") is false ? [] : reading.Emotions;
        var urgency = call.Value("urgency_detection") is false ? "normal" : reading.Urgency;
        run.Draft.Language ??= local.Language;
        run.Draft.Sentiment = (reading.Score, emotions, urgency);
        return new ActionResult(new Fields(OutputFields, reading.Score, emotions, urgency, reading.UrgencyScore, run.Draft.Language), note) { Model = use };
    }

    private static Dictionary<string, object?> Question(GuardedChat chat, ActionCall call, string text) => new()
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
        if (!json.TryGetProperty("score", out var score) || score.ValueKind != JsonValueKind.Number || score.GetDouble() is < -1 or > 1)
            throw new FormatException("'score' must be a number from -1 to 1.");
        if (!json.TryGetProperty("urgency", out var urgency) || urgency.ValueKind != JsonValueKind.String || Array.IndexOf(Levels, urgency.GetString()) < 0)
            throw new FormatException($"'urgency' must be one of {string.Join(", ", Levels)}.");
        List<string> emotions = [];
        if (json.TryGetProperty("emotions", out var list) && list.ValueKind == JsonValueKind.Array)
            emotions = [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Where(name => name.Length <= 20).Take(3)];
        var level = urgency.GetString()!;
        return new Reading(score.GetDouble(), emotions, level, Array.IndexOf(Levels, level) / 3.0);
    }

    private sealed record Reading(double Score, IReadOnlyList<string> Emotions, string Urgency, double UrgencyScore);
}
