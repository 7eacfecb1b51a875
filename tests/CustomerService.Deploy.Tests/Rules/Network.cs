using CustomerService.Deploy.Reading;
using k8s;
using k8s.Models;
using static CustomerService.Deploy.Reading.Manifests;

namespace CustomerService.Deploy.Rules;

/// <summary>The network is closed, and each way that is opened leads from somewhere that exists to a port that somebody listens on.</summary>
internal static class Network
{
    public static IEnumerable<string> Violations(Manifests manifests)
    {
        var policies = manifests.All<V1NetworkPolicy>().ToList();
        foreach (var (owner, pod) in manifests.Pods.Where(pod => !Closed(policies, pod.Pod)))
            yield return $"{manifests.Name}: {Title(owner)} may be reached and may reach whatever it likes: no policy closes it.";
        foreach (var policy in policies)
        {
            var own = manifests.PodsBy(policy.Spec.PodSelector).ToList();
            if (own.Count == 0)
                yield return $"{manifests.Name}: {Title(policy)} is about no pod.";
            var told = (policy.Spec.Ingress ?? []).SelectMany(rule => Ways(manifests, rule.FromProperty, own, rule.Ports, inward: true))
                .Concat((policy.Spec.Egress ?? []).SelectMany(rule => Ways(manifests, rule.To, own, rule.Ports, inward: false)));
            foreach (var violation in told)
                yield return $"{manifests.Name}: {Title(policy)} {violation}";
        }
    }

    /// <summary>Ways that must be open from one pod to another's port.</summary>
    public static IEnumerable<string> Closed(Manifests manifests, IEnumerable<(string From, string To, int Port)> ways) =>
        from way in ways
        let source = Pod(manifests, way.From)
        let target = Pod(manifests, way.To)
        let policies = manifests.All<V1NetworkPolicy>().ToList()
        let leaves = policies.Where(policy => policy.Spec.PodSelector.Selects(source)).SelectMany(policy => policy.Spec.Egress ?? []).Any(rule => Opens(rule.To, target, rule.Ports, way.Port))
        let enters = policies.Where(policy => policy.Spec.PodSelector.Selects(target)).SelectMany(policy => policy.Spec.Ingress ?? []).Any(rule => Opens(rule.FromProperty, source, rule.Ports, way.Port))
        where !leaves || !enters
        select $"{manifests.Name}: {way.From} can't {(leaves ? "enter" : "leave for")} {way.To}:{way.Port}.";

    private static bool Closed(List<V1NetworkPolicy> policies, V1PodTemplateSpec pod) =>
        new[] { "Ingress", "Egress" }.All(way => policies.Any(policy => policy.Spec.PodSelector.Selects(pod) && policy.Spec.PolicyTypes.Contains(way)));

    private static IEnumerable<string> Ways(
        Manifests manifests, IList<V1NetworkPolicyPeer>? peers, List<V1PodTemplateSpec> own, IList<V1NetworkPolicyPort>? ports, bool inward)
    {
        var others = new List<V1PodTemplateSpec>();
        foreach (var selector in (peers ?? []).Where(peer => peer.NamespaceSelector is null).Select(peer => peer.PodSelector).OfType<V1LabelSelector>())
        {
            var selected = manifests.PodsBy(selector).ToList();
            if (selected.Count == 0)
                yield return "names a peer that no pod is.";
            others.AddRange(selected);
        }

        var listeners = inward ? own : others;
        foreach (var port in (ports ?? []).Where(port => listeners.Count > 0 && !listeners.Any(pod => pod.Listens(port.Port))))
            yield return $"opens port {port.Port.Value}, on which nobody listens.";
    }

    private static bool Opens(IList<V1NetworkPolicyPeer>? peers, V1PodTemplateSpec other, IList<V1NetworkPolicyPort>? ports, int port) =>
        (peers is null || peers.Any(peer => peer.NamespaceSelector is null && peer.PodSelector?.Selects(other) is true))
        && (ports is null || ports.Any(each => each.Port.Value == port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static V1PodTemplateSpec Pod(Manifests manifests, string name) => manifests.Pods.Single(pod => pod.Owner.Metadata.Name == name).Pod;
}
