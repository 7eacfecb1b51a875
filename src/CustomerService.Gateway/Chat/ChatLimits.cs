using System.Net;
using System.Threading.RateLimiting;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Visitors;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Chat;

/// <summary>How much one visitor, or one address without a token, may send: token buckets, the same for requests and sockets.</summary>
internal sealed class ChatLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _visitors;
    private readonly PartitionedRateLimiter<string> _addresses;

    public ChatLimits(GatewayOptions options)
    {
        _visitors = Limiter(options.VisitorLimit);
        _addresses = Limiter(options.AddressLimit);
    }

    /// <exception cref="ProblemException">Too much, too fast.</exception>
    public void Count(Caller caller, IPAddress? address)
    {
        using var lease = caller switch
        {
            Caller.Visitor visitor => _visitors.AttemptAcquire(visitor.Id),
            Caller.Unknown when address is not null && !IPAddress.IsLoopback(address) => _addresses.AttemptAcquire(address.ToString()),
            _ => null,
        };
        if (lease is { IsAcquired: false })
            throw Problems.TooManyRequests(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _visitors.Dispose();
        _addresses.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(RateLimit limit) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
