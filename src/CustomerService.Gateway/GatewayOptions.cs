using System.Collections.Immutable;
using System.Threading.RateLimiting;

namespace CustomerService.Gateway;

/// <summary>The gateway's settings. Each default suits one machine behind no or one reverse proxy.</summary>
public sealed record GatewayOptions
{
    /// <summary>Signs visitors' tokens: at least 32 bytes, kept over restarts (see <see cref="Visitors.VisitorKey"/>). No default.</summary>
    public required ReadOnlyMemory<byte> VisitorKey { get; init; }

    /// <summary>How long a visitor's token holds. 30 days.</summary>
    public TimeSpan VisitorTokenLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The bearer token of agents' programs, which may do what agents and supervisors may. None: it takes a token that was issued.</summary>
    public string? AgentToken { get; init; }

    /// <summary>The bearer token of who looks after the system; it may do everything. None: it takes a token that was issued.</summary>
    public string? OperatorToken { get; init; }

    /// <summary>Whether <c>/demo</c> shows the chat's button on a page like a shop's. For development.</summary>
    public bool Demo { get; init; }

    /// <summary>Queues whose length <c>queue_size</c> always shows; others are shown from their first conversation on.</summary>
    public ImmutableArray<string> Queues { get; init; } = ["general"];

    /// <summary>
    /// Longest accepted request body, in bytes. 640 KiB: the longest message of 100,000 characters takes up to 600,000 bytes
    /// when each character is written as a JSON escape.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 640 * 1024;

    /// <summary>Longest accepted message on a socket, in bytes. 64 KiB; longer texts go by POST.</summary>
    public int MaxFrameBytes { get; init; } = 64 * 1024;

    /// <summary>A socket that can't take a frame for this long is cut; the customer's page comes back and resumes. 30 s.</summary>
    public TimeSpan SocketSendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a socket without a token may wait before its first frame. 10 s.</summary>
    public TimeSpan SocketHelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a socket is pinged, and how long its pong may take. 20 s.</summary>
    public TimeSpan SocketKeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// An agent's socket that is not heard of for this long counts as lost, even where its gateway died before it could say so; each renews itself
    /// three times as often. 150 s.
    /// </summary>
    public TimeSpan AgentConnectionLease { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>How often a queue is asked for its connected customers' places although nothing happened in it: time alone changes estimates. 10 s.</summary>
    public TimeSpan QueuePlaceRefresh { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From which likely wait on a customer of an open queue is offered a call back; for a closed one its policy decides. Null: never. 2 min.</summary>
    public TimeSpan? CallbackOfferedFrom { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Requests and messages that one visitor may send at once, and then in each second. 200 and 50.</summary>
    public RateLimit VisitorLimit { get; init; } = new(200, 50);

    /// <summary>The same for requests without a valid token from one address; this machine's own address isn't limited. 500 and 100.</summary>
    public RateLimit AddressLimit { get; init; } = new(500, 100);

    /// <summary>Files that one visitor may upload at once, and then in each second. 20 and 1.</summary>
    public RateLimit UploadLimit { get; init; } = new(20, 1);

    /// <summary>Checks what no type can.</summary>
    /// <exception cref="ArgumentException">A setting can't work; the message says which and what to set.</exception>
    internal GatewayOptions Validated()
    {
        Require(VisitorKey.Length >= 32, "VisitorKey must have at least 32 bytes: make one with VisitorKey.LoadOrCreate.");
        Require(VisitorTokenLifetime > TimeSpan.Zero, "VisitorTokenLifetime must be positive.");
        Require(AgentToken is null or { Length: >= 16 }, "AgentToken must have at least 16 characters.");
        Require(OperatorToken is null or { Length: >= 16 }, "OperatorToken must have at least 16 characters.");
        Require(MaxBodyBytes is >= 1024 and <= 64 * 1024 * 1024, "MaxBodyBytes must lie between 1 KiB and 64 MiB.");
        Require(MaxFrameBytes is >= 1024 and <= 1024 * 1024, "MaxFrameBytes must lie between 1 KiB and 1 MiB.");
        Require(QueuePlaceRefresh >= TimeSpan.FromSeconds(1), "QueuePlaceRefresh must be at least one second.");
        Require(AgentConnectionLease >= TimeSpan.FromSeconds(3), "AgentConnectionLease must be at least three seconds.");
        Require(VisitorLimit is { Burst: > 0, PerSecond: > 0 } && AddressLimit is { Burst: > 0, PerSecond: > 0 } && UploadLimit is { Burst: > 0, PerSecond: > 0 }, "The limits' burst and rate must be positive.");
        return this;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException($"Gateway settings: {message}");
    }
}

/// <param name="Burst">How many at once.</param>
/// <param name="PerSecond">How many come free again each second.</param>
public sealed record RateLimit(int Burst, int PerSecond)
{
    /// <summary>The limit for each of whatever has a key, such as a visitor.</summary>
    internal PartitionedRateLimiter<string> PerKey() => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = Burst,
        TokensPerPeriod = PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    }));
}
