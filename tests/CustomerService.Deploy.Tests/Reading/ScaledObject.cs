using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace CustomerService.Deploy.Reading;

/// <summary>
/// KEDA's <c>ScaledObject</c>, as far as we use it. Its schema is not part of Kubernetes' own model, so the fields are written
/// down here from KEDA's documentation; a field that is not listed is an error, as with the other kinds.
/// </summary>
internal sealed class ScaledObject : IKubernetesObject<V1ObjectMeta>
{
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; set; } = "";

    [YamlMember(Alias = "kind")]
    public string Kind { get; set; } = "";

    [YamlMember(Alias = "metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [YamlMember(Alias = "spec")]
    public ScaledObjectSpec Spec { get; set; } = new();
}

internal sealed class ScaledObjectSpec
{
    [YamlMember(Alias = "scaleTargetRef")]
    public V2CrossVersionObjectReference ScaleTargetRef { get; set; } = new();

    [YamlMember(Alias = "minReplicaCount")]
    public int MinReplicaCount { get; set; }

    [YamlMember(Alias = "maxReplicaCount")]
    public int MaxReplicaCount { get; set; }

    [YamlMember(Alias = "pollingInterval")]
    public int PollingInterval { get; set; }

    [YamlMember(Alias = "triggers")]
    public List<ScaledObjectTrigger> Triggers { get; set; } = [];

    [YamlMember(Alias = "advanced")]
    public ScaledObjectAdvanced? Advanced { get; set; }
}

internal sealed class ScaledObjectTrigger
{
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = "";

    [YamlMember(Alias = "metricType")]
    public string? MetricType { get; set; }

    [YamlMember(Alias = "metadata")]
    public Dictionary<string, string> Metadata { get; set; } = [];
}

internal sealed class ScaledObjectAdvanced
{
    [YamlMember(Alias = "horizontalPodAutoscalerConfig")]
    public ScaledObjectAutoscaler? HorizontalPodAutoscalerConfig { get; set; }
}

internal sealed class ScaledObjectAutoscaler
{
    [YamlMember(Alias = "behavior")]
    public V2HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}
