namespace CustomerService.Grains.Queues;

/// <summary>The states of an offer, from made to done. The first is the only one from which it can be taken.</summary>
public static class OfferStates
{
    /// <summary>On an agent's desk, not answered.</summary>
    public const string Pending = "pending";

    public const string Accepted = "accepted";

    /// <summary>The agent said no, or could not take it.</summary>
    public const string Rejected = "rejected";

    public const string TimedOut = "timed_out";

    /// <summary>Taken back: another agent was first.</summary>
    public const string Rescinded = "rescinded";

    /// <summary>The conversation left the line.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The conversation is over; the agent finishes what belongs to it.</summary>
    public const string Wrapping = "wrapping";

    public const string Completed = "completed";
}
