namespace CustomerService.Channels.Social;

/// <summary>When a customer wrote, by their provider's clock: a webhook that comes late, after an outage of ours, is not younger for that.</summary>
internal static class ProviderTime
{
    /// <summary>Longer than any provider goes on trying to tell us.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(8);

    /// <param name="milliseconds">Since 1970; null: the provider does not say.</param>
    public static DateTimeOffset Of(long? milliseconds, DateTimeOffset receivedAt)
    {
        var earliest = (receivedAt - Oldest).ToUnixTimeMilliseconds();
        return milliseconds is { } said && said >= earliest && said < receivedAt.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(said) : receivedAt;
    }
}
