using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerService.Bench.Silos;

/// <summary>A conversation as most Orleans programs write one: state in a property, one stock storage write a message.</summary>
[Alias("bench.stock_conversation")]
internal interface IStockConversation : IGrainWithStringKey
{
    /// <summary>Keeps the message; answers once it is stored.</summary>
    /// <returns>Its place in the conversation; that of the first time when it comes again.</returns>
    [Alias("receive")]
    Task<long> Receive(StockMessage message);
}

[GenerateSerializer]
[Immutable]
[Alias("bench.stock_message")]
internal sealed record StockMessage
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Address { get; init; }

    [Id(2)]
    public required string Text { get; init; }

    [Id(3)]
    public DateTimeOffset At { get; init; }
}

/// <summary>As much as our conversation remembers of its messages: the last 256 ids and the last 10 texts.</summary>
internal sealed record StockState
{
    public const int RememberedIds = 256;
    public const int TailLength = 10;

    public string Address { get; init; } = "";

    public long LastSequence { get; init; }

    public ImmutableList<RememberedId> Remembered { get; init; } = [];

    public ImmutableList<StockLine> Tail { get; init; } = [];

    public StockState With(StockMessage message) => this with
    {
        Address = Address.Length == 0 ? message.Address : Address,
        LastSequence = LastSequence + 1,
        Remembered = Last(Remembered.Add(new RememberedId(message.Id, LastSequence + 1)), RememberedIds),
        Tail = Last(Tail.Add(new StockLine(LastSequence + 1, "customer", message.Text, message.At)), TailLength),
    };

    private static ImmutableList<T> Last<T>(ImmutableList<T> list, int most) => list.Count > most ? list.RemoveAt(0) : list;
}

internal readonly record struct RememberedId(string Id, long Sequence);

internal sealed record StockLine(long Sequence, string Author, string Text, DateTimeOffset At);

internal sealed class StockConversation([PersistentState("conversation")] IPersistentState<StockConversation.Stored> stored) : Grain, IStockConversation
{
    public async Task<long> Receive(StockMessage message)
    {
        var state = stored.State.Conversation;
        foreach (var known in state.Remembered)
        {
            if (known.Id == message.Id)
                return known.Sequence;
        }

        stored.State.Conversation = state.With(message);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is not stored did not happen.
            stored.State.Conversation = state;
            throw;
        }

        return stored.State.Conversation.LastSequence;
    }

    /// <summary>Storage providers want a class that they can make and fill.</summary>
    internal sealed class Stored
    {
        public StockState Conversation { get; set; } = new();
    }
}
