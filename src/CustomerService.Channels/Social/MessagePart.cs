using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Social;

/// <summary>What goes as one message of the network: a piece of the text, or one file.</summary>
internal abstract record MessagePart
{
    private MessagePart()
    {
    }

    public sealed record Words(string Text) : MessagePart;

    public sealed record File(Attachment Attachment) : MessagePart;

    /// <summary>The parts of a message, always the same: an attempt that broke off goes on with the next one.</summary>
    public static ImmutableArray<MessagePart> Of(Grains.Deliveries.Outbound message, int longest, Func<string, int> size) =>
        [.. TextParts.Of(message.Text, longest, size).Select(text => new Words(text)), .. message.Attachments.Select(file => new File(file))];

    /// <summary>Sends what has not been taken yet, one after another, until one is not taken.</summary>
    public static async Task<SendOutcome> SendAsync(
        ImmutableArray<MessagePart> parts, MessageToSend message, Func<MessagePart, int, Task<SendOutcome>> send)
    {
        var taken = ImmutableArray.CreateBuilder<string>();
        for (var index = message.Accepted; index < parts.Length; index++)
        {
            var outcome = await send(parts[index], index);
            if (outcome is not SendOutcome.Accepted accepted)
                return outcome with { Parts = taken.ToImmutable() };
            taken.AddRange(accepted.Parts);
        }

        return new SendOutcome.Accepted(taken.ToImmutable());
    }
}
