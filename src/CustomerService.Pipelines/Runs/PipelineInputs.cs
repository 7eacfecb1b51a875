using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Runs;

/// <summary>What pipelines find under <c>inputs</c>: the message, and the owner's settings.</summary>
public static class PipelineInputs
{
    private static readonly string[] OfMessage =
        ["interaction_id", "conversation_id", "customer_id", "channel", "content", "metadata", "timestamp", "priority", "attachments"];

    private static readonly string[] OfSettings = ["channels", "languages", "business_hours", "sla_targets"];

    /// <summary>The inputs that every run has, though some may be null.</summary>
    public static ImmutableArray<string> Names { get; } = [.. OfMessage, .. OfSettings];

    /// <param name="settings">The rest: <c>channels</c>, <c>languages</c>, <c>business_hours</c>, <c>sla_targets</c> and whatever else the owner gives.</param>
    public static IReadOnlyDictionary<string, object?> Of(RunContext context, IReadOnlyDictionary<string, object?> settings)
    {
        var message = context.Message;
        return new Dictionary<string, object?>(settings, StringComparer.Ordinal)
        {
            ["interaction_id"] = message.Id,
            ["conversation_id"] = context.ConversationId,
            ["customer_id"] = context.CustomerId,
            ["channel"] = message.Channel,
            ["content"] = message.Content,
            ["metadata"] = Metadata(message),
            ["timestamp"] = Moment(message.ReceivedAt),
            ["priority"] = (long)message.Priority,
            ["attachments"] = Attachments(message),
        };
    }

    /// <summary>
    /// A run's context made from plain inputs alone, to try a pipeline out without a conversation. What they lack gets
    /// a neutral value.
    /// </summary>
    public static RunContext ContextOf(IReadOnlyDictionary<string, object?> inputs, DateTimeOffset now)
    {
        string Text(string name, string otherwise) => inputs.GetValueOrDefault(name) is { } value and not "" ? Values.ToText(value) : otherwise;

        var customer = Text("customer_id", "c-trial");
        var metadata = inputs.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, object?>;
        var message = new Interaction(
            Text("interaction_id", "m-trial"), Text("channel", ChannelNames.Chat), Text("address", customer), Text("content", ""), now)
        {
            Priority = (int)Math.Clamp(Values.Whole(inputs.GetValueOrDefault("priority")) ?? 0, 0, 10),
            ChannelMetadata = metadata?.ToImmutableDictionary(entry => entry.Key, entry => Values.ToText(entry.Value)) ?? ImmutableDictionary<string, string>.Empty,
        };
        return new RunContext(Text("conversation_id", "trial"), message, 1, customer, [], null, null, null, 0);
    }

    internal static object Metadata(Interaction message)
    {
        var metadata = new Dictionary<string, object?>(message.ChannelMetadata.Count + 1, StringComparer.Ordinal);
        foreach (var (key, value) in message.ChannelMetadata)
            metadata[key] = value;
        metadata["format"] = message.Format;
        return metadata;
    }

    internal static object Attachments(Interaction message) => message.Attachments.Length == 0
        ? []
        : message.Attachments.Select(object? (attachment) => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = attachment.Name,
            ["media_type"] = attachment.MediaType,
            ["bytes"] = attachment.Bytes,
            ["reference"] = attachment.Reference,
        }).ToArray();

    internal static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
