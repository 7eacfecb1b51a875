using CustomerService.Grains.Queues;

namespace CustomerService.Gateway.Waiting;

/// <summary>Where a customer stands in the line, and how long it will take, as far as that can be told.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Waiting">How many wait in this line.</param>
/// <param name="EstimatedWaitSeconds">As likely as not it takes no longer; absent when nothing is known yet.</param>
public sealed record PlaceInLine(int Position, int Waiting, double? EstimatedWaitSeconds)
{
    /// <summary>Nine times in ten it takes no longer.</summary>
    public double? AtMostSeconds { get; init; }

    /// <summary>Both in words, such as <c>about 2 to 5 minutes</c>; in the language that the caller accepts, as far as it is one of the five.</summary>
    public string? Words { get; init; }

    /// <summary>When the queue opens again; absent: it is open.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>Being called back would spare the customer a wait.</summary>
    public bool OffersCallback { get; init; }

    /// <summary>Null when the conversation isn't in the line.</summary>
    /// <param name="callbackFrom">From which likely wait on a call back is offered while the queue is open; null: never.</param>
    internal static PlaceInLine? Of(QueuePosition? position, TimeSpan? callbackFrom)
    {
        if (position is not { Position: > 0 })
            return null;
        var likely = position.Wait?.P50 ?? position.EstimatedWaitSeconds;
        return new PlaceInLine(position.Position, position.Waiting, likely)
        {
            AtMostSeconds = position.Wait?.P90,
            Words = position.OpensAt is null && likely is { } seconds ? WaitWords.Of(seconds, position.Wait?.P90 ?? seconds) : null,
            OpensAt = position.OpensAt,
            OffersCallback = position.OpensAt is null ? likely >= callbackFrom?.TotalSeconds : position.OffersCallback,
        };
    }

    /// <summary>The same with <see cref="Words"/> in a language (ISO 639-1).</summary>
    internal PlaceInLine In(string language) =>
        Words is null ? this : this with { Words = WaitWords.Of(EstimatedWaitSeconds!.Value, AtMostSeconds ?? EstimatedWaitSeconds.Value, language) };

    /// <summary>Whether it tells the customer something. Others behind them, and seconds within the same words, are no news.</summary>
    internal bool IsNewsAfter(PlaceInLine? told) =>
        told is null || (Position, Words, OpensAt, OffersCallback) != (told.Position, told.Words, told.OpensAt, told.OffersCallback);
}
