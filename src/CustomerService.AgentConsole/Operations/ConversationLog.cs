using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.AgentConsole.Operations;

/// <summary>One event of a conversation's log.</summary>
/// <param name="Grain">Whose event it is: the conversation's, or its deliveries'.</param>
/// <param name="Name">The event's stored name.</param>
/// <param name="Cause">What it belongs to: a message, an agent, a queue; null: it says none.</param>
internal sealed record LogLine(long Position, string Grain, long Sequence, DateTimeOffset At, string Name, string? Cause, JsonNode Event)
{
    /// <summary>One line of JSON, for a file.</summary>
    public string ToJson() => new JsonObject
    {
        ["position"] = Position,
        ["at"] = At.ToString("O"),
        ["grain"] = Grain,
        ["sequence"] = Sequence,
        ["event"] = Event.DeepClone(),
    }.ToJsonString(ConversationLog.Plain);
}

/// <summary>What happened to one conversation and to what it sent, in order, out of the journal.</summary>
internal static class ConversationLog
{
    private const int Page = 1_000;
    private const string Covered = "•••";

    internal static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Texts of these names are the system's own words: the rest may be a customer's.</summary>
    private static readonly ImmutableHashSet<string> OwnWords = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "$type", "id", "messageId", "agentId", "offerId", "queue", "queues", "channel", "account", "language", "intent", "urgency", "sentiment", "status", "state", "by",
        "resolutionType", "outcome", "action", "pipeline", "version", "kind", "clock", "tool", "code", "tier", "at", "since", "until", "startedAt", "dueAt", "skills", "requestedBy", "runId");

    private static readonly string[] Causes = ["messageId", "offerId", "agentId", "by", "queue", "clock", "tool"];

    /// <param name="withTexts">Whether the reader may see what was written; else texts are covered.</param>
    public static async ValueTask<ImmutableArray<LogLine>> ReadAsync(IJournal journal, string conversationId, bool withTexts, CancellationToken cancellation = default)
    {
        var lines = new List<LogLine>();
        foreach (var grain in new[] { Grain.Conversation(conversationId), Grain.Delivery(conversationId) })
        {
            long after = 0;
            while (await journal.ReadAsync(grain, after, Page, cancellation) is { Count: > 0 } entries)
            {
                lines.AddRange(entries.Select(entry => Line(entry, withTexts)));
                after = entries[^1].Sequence;
            }
        }

        return [.. lines.OrderBy(line => line.At).ThenBy(line => line.Position)];
    }

    internal static LogLine Line(JournalEntry entry, bool withTexts)
    {
        var body = JsonNode.Parse(GrainFormat.Default.Write(entry.Event))!.AsObject();
        var name = body["$type"]?.GetValue<string>() ?? entry.Event.GetType().Name;
        var cause = Causes.Select(cause => Cause(body, cause)).FirstOrDefault(cause => cause is not null);
        return new LogLine(entry.Position, entry.Grain.Kind, entry.Sequence, entry.At, name, cause, withTexts ? body : Cover(body, OwnWordsOf(entry.Event))!);
    }

    /// <summary>Some events have more of the system's own words.</summary>
    private static ImmutableHashSet<string> OwnWordsOf(JournalEvent what) => what switch
    {
        RunFailed => OwnWords.Add("reason"),
        StatusChanged => OwnWords.Add("from").Add("to"),
        _ => OwnWords,
    };

    private static string? Cause(JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? $"{name} {value.GetValue<string>()}"
        : name == "messageId" && body["interaction"]?["id"] is JsonValue id ? $"{name} {id}"
        : null;

    /// <summary>The same with each text covered that may be somebody's own words.</summary>
    private static JsonNode? Cover(JsonNode? node, ImmutableHashSet<string> own, string name = "") => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Cover(pair.Value, own, pair.Key)))),
        JsonArray list => new JsonArray([.. list.Select(item => Cover(item, own, name))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && !own.Contains(name) => Covered,
        _ => node?.DeepClone(),
    };
}
