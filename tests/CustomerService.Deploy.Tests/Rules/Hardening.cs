using CustomerService.Deploy.Reading;
using k8s.Models;
using static CustomerService.Deploy.Reading.Manifests;

namespace CustomerService.Deploy.Rules;

/// <summary>Each pod meets Kubernetes' restricted standard and some more: it may write only where it is given to, and ask the Kubernetes API only where it must.</summary>
internal static class Hardening
{
    // They ask the Kubernetes API for a living; their roles say what.
    private static readonly string[] MayAskKubernetes = ["prometheus", "prometheus-adapter"];

    public static IEnumerable<string> Violations(Manifests manifests) =>
        from pod in manifests.Pods
        from violation in OfPod(pod.Owner.Metadata.Name, pod.Pod.Spec, manifests).Concat(pod.Pod.Spec.Containers.SelectMany(OfContainer))
        select $"{manifests.Name}: {Title(pod.Owner)} {violation}";

    private static IEnumerable<string> OfPod(string name, V1PodSpec pod, Manifests manifests)
    {
        if (pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: > 0 })
            yield return "may run as root.";
        if (pod.SecurityContext?.SeccompProfile?.Type != "RuntimeDefault")
            yield return "has no seccomp profile.";
        if (pod.HostNetwork is true || pod.HostPID is true || pod.HostIPC is true || (pod.Volumes ?? []).Any(volume => volume.HostPath is not null))
            yield return "reaches into its host.";
        if (pod.AutomountServiceAccountToken is not false && !MayAskKubernetes.Contains(name))
            yield return "gets a token for the Kubernetes API.";
    }

    private static IEnumerable<string> OfContainer(V1Container container)
    {
        if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true } context
            || context.Capabilities?.Drop?.Contains("ALL") is not true || context.Capabilities.Add is { Count: > 0 })
            yield return "may write to its image, or become more than it is.";
        if (container.Image is not { } image || image.Split('/')[^1].Split(':') is not [_, not "latest"])
            yield return $"runs {container.Image}, of no certain version.";
        if (container.Resources?.Requests?.Keys.Order().SequenceEqual(["cpu", "memory"]) is not true || container.Resources.Limits?.ContainsKey("memory") is not true)
            yield return "asks for no CPU and memory, or for memory without limit.";
    }
}
