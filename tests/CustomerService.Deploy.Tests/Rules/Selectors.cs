using CustomerService.Deploy.Reading;
using k8s.Models;

namespace CustomerService.Deploy.Rules;

/// <summary>Which pods a label selector takes.</summary>
internal static class Selectors
{
    public static bool Selects(this IDictionary<string, string> labels, V1PodTemplateSpec pod) =>
        labels.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    public static bool Selects(this V1LabelSelector selector, V1PodTemplateSpec pod) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).Selects(pod)
        && (selector.MatchExpressions ?? []).All(expression => expression.OperatorProperty == "In"
            && pod.Metadata.Labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value));

    /// <summary>The pods of a set of manifests that a selector takes.</summary>
    public static IEnumerable<V1PodTemplateSpec> PodsBy(this Manifests manifests, V1LabelSelector selector) =>
        manifests.Pods.Select(pod => pod.Pod).Where(selector.Selects);

    public static IEnumerable<V1ContainerPort> Ports(this V1PodTemplateSpec pod) => pod.Spec.Containers.SelectMany(container => container.Ports ?? []);

    /// <summary>Whether a port, by name or number, is one of the pod's.</summary>
    public static bool Listens(this V1PodTemplateSpec pod, IntOrString port) =>
        pod.Ports().Any(each => each.Name == port.Value || each.ContainerPort.ToString(System.Globalization.CultureInfo.InvariantCulture) == port.Value);
}
