using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Running;

/// <summary>Keeps the pipeline's parts for whoever asks, and closes them with the application.</summary>
internal sealed class PipelineHolder : IAsyncDisposable
{
    private PipelineParts? _parts;

    /// <summary>The queues that the routing rules can name now.</summary>
    public IEnumerable<string> Queues => _parts?.Routing.Current.QueueNames ?? [];

    /// <summary>The routing rules in use; null before the grains' host is made.</summary>
    public RoutingRules? Rules => _parts?.Routing.Current;

    /// <summary>The languages that the assistant answers in now.</summary>
    public IEnumerable<string> Languages => _parts?.Routing.Current.AssistantLanguages.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();

    /// <summary>The routing file in use; null before the grains' host is made.</summary>
    public RoutingRulesFile? Routing => _parts?.RoutingFile;

    /// <summary>What there is to work with; null before the grains' host is made.</summary>
    public PipelineParts? Parts => _parts;

    public PipelineParts Hold(PipelineParts parts) => _parts = parts;

    public ValueTask DisposeAsync() => _parts?.DisposeAsync() ?? default;
}
