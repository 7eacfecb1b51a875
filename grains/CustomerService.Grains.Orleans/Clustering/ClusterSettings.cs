using System.Net;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>Which cluster a process joins, where the others find it, and how they speak.</summary>
public sealed record ClusterSettings
{
    /// <summary>Clusters of different names share a Redis without seeing each other. Default <c>customerservice</c>.</summary>
    public string ClusterId { get; init; } = "customerservice";

    /// <summary>The Redis in which the silos find one another, as <see cref="RedisUrl"/> reads it. Null (default): one silo on this machine, without Redis.</summary>
    public string? Redis { get; init; }

    /// <summary>Where silos speak to this silo. 0: a free port. Default 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Where gateways and consoles speak to this silo. 0: a free port. Default 30000. Of a client it matters only without Redis: the silo's port.</summary>
    public int ClientPort { get; init; } = 30000;

    /// <summary>The address that others reach this silo at. Null (default): loopback where the Redis is on loopback or absent, else this machine's first address.</summary>
    public IPAddress? Advertise { get; init; }

    /// <summary>How soon a silo that does not answer is held for dead. Default <see cref="FailureDetection.Default"/>.</summary>
    public FailureDetection Detection { get; init; }

    /// <summary>Certificates for the connections between silos and to them. Null (default): plain TCP, for a network that only the cluster uses.</summary>
    public SiloTls? Tls { get; init; }
}

/// <summary>How soon a silo that does not answer is held for dead.</summary>
public enum FailureDetection
{
    /// <summary>
    /// A killed silo after about 3 seconds, a frozen one after about 8, by two votes; a call waits 5 seconds for its answer. A silo's grains are back
    /// within 15 seconds. Bears pauses of a busy machine.
    /// </summary>
    Default,

    /// <summary>
    /// A killed silo after about 1 second, a frozen one after about 3, by one vote; a call waits 3 seconds for its answer. A killed silo's grains are
    /// back within 6 seconds. For machines whose processors are not overcommitted.
    /// </summary>
    Fast,
}
