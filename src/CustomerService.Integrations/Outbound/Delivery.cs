namespace CustomerService.Integrations.Outbound;

/// <summary>What became of something sent to an outside system.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>The system took it.</summary>
    /// <param name="ExternalId">The id under which it keeps it, where it named one.</param>
    public sealed record Delivered(string? ExternalId) : Delivery;

    /// <summary>The system will not take it; sending it again would change nothing.</summary>
    public sealed record Refused(string Reason) : Delivery;

    /// <summary>It may or may not have arrived; send it again, with the same idempotency key.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="After">How long the system asks to wait first, where it said so.</param>
    public sealed record Retry(string Reason, TimeSpan? After) : Delivery;
}
