namespace CustomerService.Grains.Queues.Matching;

/// <summary>One who waits, as the floor's core keeps them.</summary>
internal sealed class LineEntry(WaitingConversation conversation, long key, WaitingClass waitingClass, Ladder ladder)
{
    public string Id { get; } = conversation.ConversationId;

    public WaitingConversation Conversation { get; set; } = conversation;

    public int Priority { get; } = conversation.Priority;

    /// <summary>In ticks.</summary>
    public long Since { get; } = conversation.Since.UtcTicks;

    /// <inheritdoc cref="LineOrder.Key"/>
    public long Key { get; } = key;

    public WaitingClass Class { get; } = waitingClass;

    public Ladder Ladder { get; } = ladder;

    /// <summary>The line from which it can be offered now: its class's, or that of the agent it is held for; null: it cannot.</summary>
    public Line? In { get; set; }

    /// <summary>The agent it is held for now; null: it is not held.</summary>
    public Seat? HeldFor { get; set; }

    /// <summary>When time alone changes from where it can be offered, in ticks; null: never.</summary>
    public long? OpensAt { get; set; }

    /// <summary>When its next relaxation is due, in ticks; null: never.</summary>
    public long? RelaxesAt => Ladder.Next(Conversation.Relaxed) is { } rung ? Since + rung.Age : null;

    public bool ComesBefore(LineEntry other) =>
        Key != other.Key ? Key < other.Key
        : Since != other.Since ? Since < other.Since
        : string.CompareOrdinal(Id, other.Id) < 0;

    public bool IsOfferedTo(Seat seat)
    {
        foreach (var offer in Conversation.Pending)
        {
            if (offer.AgentId == seat.Id)
                return true;
        }

        return false;
    }
}

/// <summary>The first of a class, with what orders it at hand: a look at many heads stays within one array.</summary>
internal readonly record struct ClassHead(long Key, long Since, LineEntry? Entry)
{
    public bool ComesBefore(in ClassHead other) =>
        Key != other.Key ? Key < other.Key
        : Since != other.Since ? Since < other.Since
        : string.CompareOrdinal(Entry!.Id, other.Entry!.Id) < 0;
}

/// <summary>Something that time brings for one who waits.</summary>
internal readonly record struct DueEntry(long At, LineEntry Entry) : IComparable<DueEntry>
{
    public int CompareTo(DueEntry other) => At != other.At ? At.CompareTo(other.At) : string.CompareOrdinal(Entry.Id, other.Entry.Id);
}

/// <summary>A channel: what one conversation of it takes of an agent's capacity.</summary>
/// <param name="name">Null: conversations of no channel.</param>
internal sealed class FloorChannel(string? name, int index, int units)
{
    public string? Name { get; } = name;

    public int Index { get; } = index;

    public int Units { get; } = units;

    /// <summary>The classes of this channel in which somebody can be offered.</summary>
    public Bits LiveClasses { get; } = new();

    /// <summary>The pools of agents who have room for this channel, empty ones left out.</summary>
    public Bits LivePools { get; } = new();
}

/// <summary>Those who wait on one channel and ask the same now. What fits is decided once per class and pool, not per conversation and agent.</summary>
internal sealed class WaitingClass(Requirement asked, FloorChannel channel, int index)
{
    public Requirement Asked { get; } = asked;

    public FloorChannel Channel { get; } = channel;

    public int Index { get; } = index;

    /// <summary>Who can be offered now.</summary>
    public Line Line { get; } = new();

    /// <summary>Everybody of the class.</summary>
    public int Members { get; set; }

    /// <summary>The pools whose skills fit.</summary>
    public Bits FitPools { get; } = new();

    /// <summary>Those of them who also have every skill that is only wished for.</summary>
    public Bits WishedPools { get; } = new();
}
