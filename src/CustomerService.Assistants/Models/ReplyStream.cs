using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Reads a reply piece by piece: when the first came, that they go on coming, and that they end.</summary>
internal static class ReplyStream
{
    /// <summary>Longest reply in characters. An answer has some thousands; whoever sends more fills memory.</summary>
    public const int Longest = 100_000;

    /// <summary>Reads to the end.</summary>
    /// <param name="begin">Longest wait for the first piece.</param>
    /// <param name="stall">Longest wait for each further one.</param>
    /// <exception cref="ReplyStalledException">No piece came in time.</exception>
    /// <exception cref="InvalidDataException">It is longer than any reply.</exception>
    public static async Task<StreamedReply> ReadAsync(
        IAsyncEnumerable<ChatResponseUpdate> pieces, Action<string>? heard, TimeSpan begin, TimeSpan stall, TimeProvider time, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(begin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var reading = new Reading(heard, stall, late, time);
        try
        {
            // Not every client lets go when asked to, so the wait ends by itself.
            await reading.ReadAsync(pieces, either.Token).WaitAsync(either.Token);
        }
        catch (Exception) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ReplyStalledException(reading.First is not null);
        }

        return new StreamedReply(reading.Pieces.ToChatResponse(), reading.First);
    }

    private sealed class Reading(Action<string>? heard, TimeSpan stall, CancellationTokenSource late, TimeProvider time)
    {
        private readonly long _started = time.GetTimestamp();
        private int _length;

        public List<ChatResponseUpdate> Pieces { get; } = [];

        public TimeSpan? First { get; private set; }

        public async Task ReadAsync(IAsyncEnumerable<ChatResponseUpdate> pieces, CancellationToken cancellation)
        {
            await foreach (var piece in pieces.WithCancellation(cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                Pieces.Add(piece);
                if ((_length += piece.Contents.Sum(Length)) > Longest)
                    throw new InvalidDataException("The reply is too long.");
                if (_length > 0)
                    First ??= time.GetElapsedTime(_started);
                if (heard is not null && piece.Text is { Length: > 0 } text)
                    heard(text);
                if (First is not null)
                    late.CancelAfter(stall);
            }
        }
    }

    private static int Length(AIContent content) => content switch
    {
        TextContent text => text.Text?.Length ?? 0,
        FunctionCallContent call => 100 + (call.Arguments?.Sum(argument => argument.Key.Length + (argument.Value?.ToString()?.Length ?? 0)) ?? 0),
        _ => 0,
    };
}

internal sealed record StreamedReply(ChatResponse Response, TimeSpan? FirstPiece);

/// <summary>Nothing of a reply came, or nothing more.</summary>
internal sealed class ReplyStalledException(bool begun) : Exception(begun ? "The reply stopped coming." : "No reply came.")
{
    public bool Begun => begun;
}
