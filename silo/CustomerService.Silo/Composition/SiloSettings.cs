using System.Collections.Immutable;
using CustomerService.Integrations.Webhooks;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Cluster;

namespace CustomerService.Silo.Composition;

/// <summary>What one process is told to be.</summary>
internal sealed record SiloSettings
{
    public const int DefaultWorkers = 10;
    public const int DefaultMetricsPort = 8000;
    public const string DefaultListen = "http://localhost:8080";
    public const string DefaultDataFolder = "data";

    /// <summary>Pipeline runs under way at once. Default 10.</summary>
    public int Workers { get; init; } = DefaultWorkers;

    /// <summary>The channels that are served. Default: all; which accounts there are, <c>channels.yaml</c> says.</summary>
    public IReadOnlyList<string> Channels { get; init; } = Grains.Conversations.ChannelNames.All;

    /// <summary>Languages that the assistant answers in. Default: those of the routing rules.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary><c>development</c>, <c>staging</c> or <c>production</c> (default).</summary>
    public string Mode { get; init; } = "production";

    /// <summary>Whether a development's console may be reached by other machines. Default no.</summary>
    public bool LetsAnyoneIn { get; init; }

    /// <summary>Reverse proxies whose word is taken for who called. Default none.</summary>
    public ImmutableArray<System.Net.IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Port of /metrics on its own; 0 for none. Default 8000.</summary>
    public int MetricsPort { get; init; } = DefaultMetricsPort;

    /// <summary>Address of the page and the API; port 0 lets the system choose. Default http://localhost:8080.</summary>
    public string Listen { get; init; } = DefaultListen;

    /// <summary>Keeps everything of a system in one process. A cluster's processes keep nothing there.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The part that this process plays in a cluster; null where it is the whole system.</summary>
    public ClusterPart? Cluster { get; init; }

    public required ContentFolder Content { get; init; }

    public string? PipelineFile { get; init; }

    public string? IntentModelPath { get; init; }

    /// <summary>Whether the index of the articles is kept in the cluster's database instead of in each process's memory.</summary>
    public bool KnowledgeInDatabase { get; init; }

    /// <summary>The CRM that is told of customers and of interactions with them; null for none.</summary>
    public WebhookSettings? CrmWebhook { get; init; }

    /// <summary>The ticket system that every ticket is mirrored in; null for none.</summary>
    public WebhookSettings? TicketWebhook { get; init; }

    /// <summary>Who is told of alerts, such as a pager; null for nobody.</summary>
    public WebhookSettings? AlertWebhook { get; init; }

    /// <summary>What pipelines find under <c>inputs</c> besides the message: the owner's settings and targets.</summary>
    public IReadOnlyDictionary<string, object?> PipelineInputs(RoutingRules rules) => new Dictionary<string, object?>
    {
        ["channels"] = Channels.ToArray<object?>(),
        ["languages"] = rules.AssistantLanguages.Order(StringComparer.Ordinal).ToArray<object?>(),
        ["business_hours"] = OwnersPromises.BusinessHours(rules),
        ["sla_targets"] = OwnersPromises.Targets(rules),
    };

    /// <summary>A log of every step, to look for a fault.</summary>
    public bool TellsMore { get; init; }

    /// <summary>No banner and no figures each minute, for commands that start a system for themselves.</summary>
    public bool Quiet { get; init; }
}
