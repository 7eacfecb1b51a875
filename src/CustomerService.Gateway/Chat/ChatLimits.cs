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
    private readonly PartitionedRateLimiter<string> _uploads;

    public ChatLimits(GatewayOptions options)
    {
        _visitors = options.VisitorLimit.PerKey();
        _addresses = options.AddressLimit.PerKey();
        _uploads = options.UploadLimit.PerKey();
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
        Check(lease);
    }

    /// <exception cref="ProblemException">Too many files, too fast.</exception>
    public void CountUpload(Caller.Visitor visitor)
    {
        using var lease = _uploads.AttemptAcquire(visitor.Id);
        Check(lease);
    }

    private static void Check(RateLimitLease? lease)
    {
        if (lease is { IsAcquired: false })
            throw Problems.TooManyRequests(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _visitors.Dispose();
        _addresses.Dispose();
        _uploads.Dispose();
    }
}
