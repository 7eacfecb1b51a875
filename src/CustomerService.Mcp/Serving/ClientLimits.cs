using System.Threading.RateLimiting;
using CustomerService.Mcp.Settings;

namespace CustomerService.Mcp.Serving;

/// <summary>How many calls each client may make: a bucket of a minute's calls, filled steadily.</summary>
internal sealed class ClientLimits : IDisposable
{
    private readonly PartitionedRateLimiter<McpClientGrant> _calls = PartitionedRateLimiter.Create<McpClientGrant, (string, int)>(client =>
        RateLimitPartition.GetTokenBucketLimiter((client.Name, client.CallsPerMinute), limit => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Item2,
            TokensPerPeriod = Math.Max(1, limit.Item2 / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / limit.Item2)),
            QueueLimit = 0,
        }));

    public bool Admits(McpClientGrant client)
    {
        using var lease = _calls.AttemptAcquire(client);
        return lease.IsAcquired;
    }

    public void Dispose() => _calls.Dispose();
}
