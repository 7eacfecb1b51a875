using System.Net;
using System.Threading.RateLimiting;
using CustomerService.Channels.Accounts;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Webhooks;

/// <summary>
/// How much may come in by providers' requests. One sender's flood is put off with 429, which providers send again later; so is whoever keeps sending requests that are
/// not genuine. A provider itself is not limited: it speaks for thousands.
/// </summary>
internal sealed class WebhookLimits(GatewayOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _senders = options.VisitorLimit.PerKey();
    private readonly PartitionedRateLimiter<string> _refused = options.AddressLimit.PerKey();

    /// <exception cref="ProblemException">Too many of this address's requests were refused.</exception>
    public void CountCaller(IPAddress? address) => Require(_refused, address, 0);

    public void CountRefused(IPAddress? address) => _refused.AttemptAcquire(KeyOf(address)).Dispose();

    /// <exception cref="ProblemException">Too much, too fast.</exception>
    public void CountSender(IChannelAccount account, string sender)
    {
        using var lease = _senders.AttemptAcquire($"{account.Name}\n{sender}");
        Check(lease);
    }

    public void Dispose()
    {
        _senders.Dispose();
        _refused.Dispose();
    }

    private static void Require(PartitionedRateLimiter<string> limiter, IPAddress? address, int permits)
    {
        using var lease = limiter.AttemptAcquire(KeyOf(address), permits);
        Check(lease);
    }

    private static void Check(RateLimitLease lease)
    {
        if (!lease.IsAcquired)
            throw Problems.TooManyRequests(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    private static string KeyOf(IPAddress? address) => address?.ToString() ?? "";
}
