using System.Net;

namespace CustomerService.Silo.Cluster;

/// <summary>The part that this process plays in a cluster.</summary>
internal sealed record ClusterPart
{
    public const string DefaultId = "customerservice";
    public const int DefaultSiloPort = 11111;
    public const int DefaultClientPort = 30000;

    /// <summary>What this process does. Default: everything.</summary>
    public Roles Roles { get; init; } = Roles.All;

    /// <summary>Where the silos find one another; null where the only silo is on this machine.</summary>
    public RedisAddress? Redis { get; init; }

    /// <summary>What all processes of the cluster share.</summary>
    public required DatabaseAddress Database { get; init; }

    /// <summary>Tells clusters apart that share a Redis. Default customerservice.</summary>
    public string Id { get; init; } = DefaultId;

    /// <summary>Silo to silo; 0 takes a free one. Default 11111.</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>Where processes without a silo of their own reach this one; 0 takes a free one. Default 30000.</summary>
    public int ClientPort { get; init; } = DefaultClientPort;

    /// <summary>The address that others reach this silo at. Default: loopback where Redis is there too, else the machine's first.</summary>
    public IPAddress? Advertise { get; init; }

    /// <summary>Whether silos suspect one another sooner than is good on a busy network: a dead one's grains are back in 6 s and not in 15.</summary>
    public bool DetectsFailuresFast { get; init; }

    /// <summary>Certificates for mutual TLS between processes; null for plain text.</summary>
    public SiloCertificateFiles? Certificates { get; init; }

    public bool HasSilo => Roles.HasFlag(Roles.Silo);
}

/// <summary>PEM files.</summary>
/// <param name="Certificate">This process's own.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">Who must have signed the others'.</param>
internal sealed record SiloCertificateFiles(string Certificate, string Key, string Authority);
