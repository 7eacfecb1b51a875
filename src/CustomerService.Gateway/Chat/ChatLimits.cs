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
        _visitors = options.VisitorLimit.PerKey();
        _addresses = options.AddressLimit.PerKey();
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
}
