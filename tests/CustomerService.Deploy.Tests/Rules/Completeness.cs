using System.Text.RegularExpressions;
using CustomerService.Deploy.Reading;
using k8s.Models;
using static CustomerService.Deploy.Reading.Manifests;

namespace CustomerService.Deploy.Rules;

/// <summary>
/// What Kubernetes' model in C# does not say: which fields must be there, and which words a field may hold. Written down from the API's
/// reference for the kinds and fields that we use.
/// </summary>
internal static partial class Completeness
{
    public static IEnumerable<string> Violations(Manifests manifests) =>
        OfNames(manifests).Concat(OfPods(manifests)).Concat(OfNetwork(manifests)).Concat(OfScalers(manifests)).Concat(OfOthers(manifests)).Select(violation => $"{manifests.Name}: {violation}");

    private static IEnumerable<string> OfNames(Manifests manifests) =>
        from item in manifests.Objects
        where item.Metadata.Name is null || !(item.Kind.StartsWith("Role", StringComparison.Ordinal) || item.Kind.StartsWith("ClusterRole", StringComparison.Ordinal) ? RoleName() : Name()).IsMatch(item.Metadata.Name)
        select $"{Title(item)} has a name that Kubernetes does not take.";

    private static IEnumerable<string> OfPods(Manifests manifests)
    {
        foreach (var (owner, pod) in manifests.Pods)
        {
            if (owner is V1Deployment { Spec.Selector: null } or V1StatefulSet { Spec.Selector: null })
                yield return $"{Title(owner)} has no selector.";
            if (owner is V1Job && pod.Spec.RestartPolicy is not ("OnFailure" or "Never"))
                yield return $"{Title(owner)} restarts {pod.Spec.RestartPolicy ?? "Always"}, which a Job can't.";
            foreach (var spread in pod.Spec.TopologySpreadConstraints ?? [])
            {
                if (spread is not { MaxSkew: > 0, TopologyKey: not null, WhenUnsatisfiable: "DoNotSchedule" or "ScheduleAnyway" })
                    yield return $"{Title(owner)} is spread by something that is not whole.";
            }

            foreach (var container in pod.Spec.Containers)
            {
                if (container.Name is null || container.Image is null)
                    yield return $"{Title(owner)} has a container without name or image.";
                foreach (var port in container.Ports ?? [])
                {
                    if (port.ContainerPort is < 1 or > 65535 || port.Name is { Length: > 15 })
                        yield return $"{Title(owner)} has a port that Kubernetes does not take: {port.Name} {port.ContainerPort}.";
                }

                foreach (var variable in (container.Env ?? []).Where(variable => variable.Value is null == variable.ValueFrom is null))
                    yield return $"{Title(owner)} gives {variable.Name} no value, or two.";
                foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.OfType<V1Probe>())
                {
                    if (new object?[] { probe.HttpGet, probe.TcpSocket, probe.Exec, probe.Grpc }.Count(way => way is not null) != 1)
                        yield return $"{Title(owner)} is probed in no way, or in two.";
                }
            }
        }
    }

    private static IEnumerable<string> OfNetwork(Manifests manifests)
    {
        foreach (var policy in manifests.All<V1NetworkPolicy>())
        {
            var ports = (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.Ports ?? []));
            if (policy.Spec.PodSelector is null || policy.Spec.PolicyTypes is not { Count: > 0 } types || types.Except(["Ingress", "Egress"]).Any())
                yield return $"{Title(policy)} says of no pods, or of no direction, what they may.";
            else if (policy.Spec.Ingress is not null && !types.Contains("Ingress") || policy.Spec.Egress is not null && !types.Contains("Egress"))
                yield return $"{Title(policy)} has ways in a direction that it is not about.";
            foreach (var port in ports.Where(port => port.Port is null || port.Protocol is not ("TCP" or "UDP")))
                yield return $"{Title(policy)} opens a port without number or protocol.";
        }

        foreach (var ingress in manifests.All<V1Ingress>().Where(ingress => ingress.Spec.Rules.Any(rule => rule.Http.Paths.Any(path => path.PathType is not ("Prefix" or "Exact" or "ImplementationSpecific")))))
            yield return $"{Title(ingress)} has a path of no known type.";
        foreach (var service in manifests.All<V1Service>().Where(service => service.Spec.Ports is not { Count: > 0 } ports || ports.Any(port => port.Port is < 1 or > 65535 || port.Name is null)))
            yield return $"{Title(service)} has no port, or one without name or number.";
    }

    private static IEnumerable<string> OfScalers(Manifests manifests)
    {
        IEnumerable<(string Owner, V2HorizontalPodAutoscalerBehavior? Behavior)> behaviors =
        [
            .. manifests.All<V2HorizontalPodAutoscaler>().Select(scaler => (Title(scaler), scaler.Spec.Behavior)),
            .. manifests.All<ScaledObject>().Select(scaler => (Title(scaler), scaler.Spec.Advanced?.HorizontalPodAutoscalerConfig?.Behavior)),
        ];
        foreach (var (owner, behavior) in behaviors)
        {
            var policies = new[] { behavior?.ScaleUp, behavior?.ScaleDown }.OfType<V2HPAScalingRules>().SelectMany(rules => rules.Policies);
            if (policies.Any(policy => policy is not { Type: "Pods" or "Percent", Value: > 0, PeriodSeconds: > 0 and <= 1800 }))
                yield return $"{owner} has a policy that is not whole.";
        }

        foreach (var scaler in manifests.All<V2HorizontalPodAutoscaler>())
        {
            if (scaler.Spec.Metrics.Any(metric => metric is not ({ Type: "Resource", Resource.Target.Type: "Utilization" } or { Type: "External", External: { Metric.Name: not null, Target.Type: "AverageValue" } })))
                yield return $"{Title(scaler)} has a figure that is not whole.";
        }
    }

    private static IEnumerable<string> OfOthers(Manifests manifests)
    {
        foreach (var budget in manifests.All<V1PodDisruptionBudget>().Where(budget => budget.Spec.Selector is null || budget.Spec.MinAvailable is null == budget.Spec.MaxUnavailable is null || budget.Spec.UnhealthyPodEvictionPolicy is not (null or "IfHealthyBudget" or "AlwaysAllow")))
            yield return $"{Title(budget)} is not whole.";
        foreach (var claim in manifests.All<V1StatefulSet>().SelectMany(set => set.Spec.VolumeClaimTemplates ?? []).Where(claim => claim.Spec is not { AccessModes: ["ReadWriteOnce" or "ReadWriteMany"], Resources.Requests: { } wanted } || !wanted.ContainsKey("storage")))
            yield return $"volume claim {claim.Metadata.Name} is not whole.";
        foreach (var role in manifests.All<V1Role>().Where(role => !role.Rules.All(IsWhole)).Select(role => Title(role)).Concat(manifests.All<V1ClusterRole>().Where(role => !role.Rules.All(IsWhole)).Select(role => Title(role))))
            yield return $"{role} has a rule that is not whole, or one for everything.";
    }

    private static bool IsWhole(V1PolicyRule rule) =>
        rule is { ApiGroups.Count: > 0, Resources.Count: > 0, Verbs.Count: > 0 } && !rule.Verbs.Concat(rule.Resources).Contains("*") && !rule.Verbs.Except(["get", "list", "watch"]).Any();

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9:.-]+$")]
    private static partial Regex RoleName();
}
