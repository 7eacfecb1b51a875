using System.Runtime.CompilerServices;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Adds to a streamed reply's usage the tokens read, which Anthropic tells at the stream's beginning and its SDK forgets.</summary>
internal sealed class AnthropicUsage(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long? read = null;
        await foreach (var piece in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (piece.RawRepresentation is RawMessageStreamEvent told && told.TryPickStart(out var start))
                read = start.Message.Usage.InputTokens;
            foreach (var usage in piece.Contents.OfType<UsageContent>())
            {
                if (usage.Details.InputTokenCount is null or 0)
                    usage.Details.InputTokenCount = read;
            }

            yield return piece;
        }
    }
}
