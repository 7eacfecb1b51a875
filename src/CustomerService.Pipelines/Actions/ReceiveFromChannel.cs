using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Runs;

namespace CustomerService.Pipelines.Actions;

/// <summary>Brings the message into the one shape that the other tasks read. What is not given comes from the run's own message.</summary>
public sealed class ReceiveFromChannel : IPipelineAction
{
    public ActionContract Contract { get; } = new(
        "receive_from_channel",
        "Brings a customer's message into the one standard shape, whatever the channel.",
        [
            new ActionParameter("channel"),
            new ActionParameter("interaction_id"),
            new ActionParameter("customer_id"),
            new ActionParameter("content", Required: true),
            new ActionParameter("metadata"),
        ],
        ["interaction_data", "channel_context", "timestamp", "customer_id", "channel"]);

    public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var message = call.Run.Context.Message;
        var channel = (call.Text("channel") ?? message.Channel).ToLowerInvariant();
        if (!ChannelNames.All.Contains(channel))
            throw new ArgumentException($"'{channel}' is not a channel; known are {string.Join(", ", ChannelNames.All)}");
        var content = call.Text("content") ?? message.Content;
        if (content.Length > Interaction.MaxContentLength)
            throw new ArgumentException($"the message has {content.Length:N0} characters; {Interaction.MaxContentLength:N0} are allowed");

        var received = PipelineInputs.Moment(message.ReceivedAt);
        var metadata = call.Value("metadata") as IReadOnlyDictionary<string, object?> ?? PipelineInputs.Metadata(message);
        var interaction = new Dictionary<string, object?>(8, StringComparer.Ordinal)
        {
            ["id"] = Id(call, "interaction_id") ?? message.Id,
            ["content"] = content,
            ["channel"] = channel,
            ["timestamp"] = received,
            ["priority"] = (long)message.Priority,
            ["attachments"] = PipelineInputs.Attachments(message),
            ["metadata"] = metadata,
            ["conversation_id"] = call.Run.Context.ConversationId,
        };
        var context = new Dictionary<string, object?>(4, StringComparer.Ordinal)
        {
            ["type"] = channel,
            ["address"] = message.Address,
            ["format"] = message.Format,
            ["metadata"] = metadata,
        };
        return new(new ActionResult(new Dictionary<string, object?>(5, StringComparer.Ordinal)
        {
            ["interaction_data"] = interaction,
            ["channel_context"] = context,
            ["timestamp"] = received,
            ["customer_id"] = Id(call, "customer_id") ?? call.Run.Context.CustomerId,
            ["channel"] = channel,
        }));
    }

    /// <summary>An id as text: who tries a pipeline out by hand may write it as a number.</summary>
    private static string? Id(ActionCall call, string name) => call.Value(name) is { } value ? Values.ToText(value) : null;
}
