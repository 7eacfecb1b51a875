using System.Collections.Immutable;
using CustomerService.Grains.Agents;

namespace CustomerService.AgentConsole.Floor;

/// <summary>An agent as supervisors see them now.</summary>
public sealed record AgentOnFloor(string Id)
{
    public string Name { get; init; } = "";

    public ImmutableArray<string> Queues { get; init; } = [];

    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>Levels, 1 to 5; a skill without one is at level 5.</summary>
    public ImmutableDictionary<string, int> Levels { get; init; } = ImmutableDictionary<string, int>.Empty;

    public DeskPolicy Desk { get; init; } = new();

    /// <summary>Units of work at once.</summary>
    public int Capacity { get; init; }

    /// <summary>One of <see cref="Presences"/>.</summary>
    public string Presence { get; init; } = Presences.Offline;

    public string? Activity { get; init; }

    /// <summary>Since when the presence or the activity is as it is; null: not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether work could come, if it fitted.</summary>
    public bool Ready { get; init; }

    /// <summary>Who or what made it so; see <see cref="PresenceChanged"/> and <see cref="ReadinessChanged"/>.</summary>
    public string? Cause { get; init; }

    /// <summary>What a supervisor said who set the presence.</summary>
    public string? Reason { get; init; }

    public ImmutableArray<WorkOnFloor> Work { get; init; } = [];

    /// <summary>How many units are on the desk.</summary>
    public int Units => Work.Sum(work => work.Units);

    public FloorState State =>
        !Work.IsEmpty ? (Work.All(work => work.WrappingUp) ? FloorState.WrappingUp : FloorState.Busy)
        : Presence == Presences.Offline ? FloorState.Offline
        : Presence == Presences.Away ? FloorState.Away
        : Ready ? FloorState.Free
        : FloorState.NotReady;

    /// <summary>The name, or the id where none is known.</summary>
    public string Title => Name.Length > 0 ? Name : Id;
}

/// <summary>A conversation on an agent's desk.</summary>
/// <param name="Queue">Where it came from; null: it was taken over.</param>
public sealed record WorkOnFloor(string ConversationId, string OfferId, string? Queue, string? Channel, int Units, DateTimeOffset Since, bool WrappingUp);

/// <summary>What an agent does, in the order in which it matters to who looks on.</summary>
public enum FloorState
{
    Free,
    Busy,
    WrappingUp,

    /// <summary>Available by their own word, and no work can come: a lost connection, idleness, missed offers.</summary>
    NotReady,
    Away,
    Offline,
}
