using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Turns;
using Orleans;
using Orleans.Concurrency;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Wire;

/// <summary>What a grain answers to one who follows it.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Followed)]
public sealed record WireFollowed
{
    /// <summary>The sequence of the grain's last event; the follower reads what it lacks up to there. 0 when there is none.</summary>
    [Id(0)]
    public required long LastSequence { get; init; }

    /// <summary>The silo in which the grain lives: when that is gone, so is the following.</summary>
    [Id(1)]
    public required string Silo { get; init; }
}

/// <summary>Events of one grain, in order.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Entries)]
public sealed record WireEntries
{
    /// <summary>As <c>kind/key</c>.</summary>
    [Id(0)]
    public required string Grain { get; init; }

    [Id(1)]
    public required ImmutableArray<WireEntry> Entries { get; init; }
}

/// <summary>One event of a grain.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Entry)]
public sealed record WireEntry
{
    [Id(0)]
    public required long Position { get; init; }

    [Id(1)]
    public required long Sequence { get; init; }

    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="JournalEvent"/> with its type name, as UTF-8 JSON.</summary>
    [Id(3)]
    public required ReadOnlyMemory<byte> Json { get; init; }

    public static WireEntry Of(JournalEntry entry) => new()
    {
        Position = entry.Position,
        Sequence = entry.Sequence,
        At = entry.At,
        Json = GrainFormat.Default.Write(entry.Event),
    };

    /// <exception cref="System.Text.Json.JsonException">It is no event that this program knows.</exception>
    public JournalEntry ToEntry(GrainId grain) => new(Position, grain, Sequence, At, GrainFormat.Default.ReadEvent(Json));
}

/// <summary>A fleeting sign of one grain.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.FleetingHint)]
public sealed record WireHint
{
    /// <summary>As <c>kind/key</c>.</summary>
    [Id(0)]
    public required string Grain { get; init; }

    [Id(1)]
    public required string Hint { get; init; }
}
