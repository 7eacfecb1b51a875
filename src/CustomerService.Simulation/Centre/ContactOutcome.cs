using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>What became of one contact, as the journal tells it.</summary>
public sealed class ContactOutcome(Contact contact)
{
    public Contact Contact { get; } = contact;

    /// <summary>Every queue that it stood in, in order.</summary>
    public List<QueueVisit> Visits { get; } = [];

    /// <summary>Since when it waited for a person; null: it never did.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>When the first agent took it.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The queue from which the first agent took it.</summary>
    public string? AnsweredIn { get; set; }

    public string? AnsweredBy { get; set; }

    /// <summary>When the customer gave up.</summary>
    public DateTimeOffset? GaveUpAt { get; set; }

    public DateTimeOffset? CallbackAskedAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Whether the first response came within the promised time of business; null: no promise was kept or broken yet.</summary>
    public bool? FirstResponseMet { get; set; }

    /// <summary>How often a promise was broken: first response or resolution.</summary>
    public int Breaches { get; set; }

    public int Escalations { get; set; }

    /// <summary>How often its agent was gone and it went back into the line.</summary>
    public int Returns { get; set; }

    /// <summary>How often it was offered to somebody.</summary>
    public int Offers { get; set; }

    public int OffersNotTaken { get; set; }

    /// <summary>In seconds of one agent's undivided work.</summary>
    public double WorkLeft { get; set; } = contact.HandleSeconds;

    /// <summary>The queue that it stands in, or stood in last; the one that the contact came to when nobody took it.</summary>
    public string? Queue => Visits.Count > 0 ? Visits[^1].Queue : null;

    public double? WaitSeconds => AnsweredAt is { } answered && WaitingSince is { } since ? (answered - since).TotalSeconds : null;
}

/// <summary>A stay in a queue's line.</summary>
public readonly record struct QueueVisit(string Queue, DateTimeOffset From);
