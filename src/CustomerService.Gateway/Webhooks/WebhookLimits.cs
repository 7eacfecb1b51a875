using System.Net;
using System.Threading.RateLimiting;
using CustomerService.Channels.Accounts;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Webhooks;

/// <summary>
/// How much may come in by providers' requests. One sender's flood is put off with 429, which providers send again later; so is whoever keeps sending requests that are
/// not genuine. A provider itself is not limited: it speaks for thousands. Nor is this machine's own address: behind a proxy on it, all callers have that one.
/// </summary>
internal sealed class WebhookLimits(GatewayOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _senders = options.VisitorLimit.PerKey();
    private readonly PartitionedRateLimiter<string> _refused = options.AddressLimit.PerKey();

    /// <exception cref="ProblemException">Too many of this address's requests were refused.</exception>
    public void CountCaller(IPAddress? address)
    {
        if (!IsLimited(address))
            return;
        using var lease = _refused.AttemptAcquire(address!.ToString(), 0);
        Check(lease);
    }

    public void CountRefused(IPAddress? address)
    {
        if (IsLimited(address))
            _refused.AttemptAcquire(address!.ToString()).Dispose();
    }

    /// <summary>Counts one request with messages of that sender, however many: a provider gathers what it could not bring, and would bring it for ever if they were counted one by one.</summary>
    /// <returns>Null: they may come in; else how long to wait.</returns>
    public TimeSpan? CountSender(IChannelAccount account, string sender)
    {
        using var lease = _senders.AttemptAcquire($"{account.Name}\n{sender}");
        return lease.IsAcquired ? null : WaitOf(lease);
    }

    public void Dispose()
    {
        _senders.Dispose();
        _refused.Dispose();
    }

    private static void Check(RateLimitLease lease)
    {
        if (!lease.IsAcquired)
            throw Problems.TooManyRequests(WaitOf(lease));
    }

    private static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

    private static bool IsLimited(IPAddress? address) => address is not null && !IPAddress.IsLoopback(address);
}
