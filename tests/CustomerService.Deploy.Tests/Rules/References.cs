using CustomerService.Deploy.Reading;
using k8s;
using k8s.Models;
using static CustomerService.Deploy.Reading.Manifests;

namespace CustomerService.Deploy.Rules;

/// <summary>What one object says of another is true: it is there, and has that port, key or label.</summary>
internal static class References
{
    public static IEnumerable<string> Violations(Manifests manifests) =>
        OfServices(manifests).Concat(OfIngresses(manifests)).Concat(OfControllers(manifests)).Concat(OfScalers(manifests)).Concat(OfBudgets(manifests)).Concat(OfAccess(manifests))
            .Concat(manifests.Pods.SelectMany(pod => OfPod(manifests, Title(pod.Owner), pod.Pod)))
            .Select(violation => $"{manifests.Name}: {violation}");

    private static IEnumerable<string> OfServices(Manifests manifests)
    {
        foreach (var service in manifests.All<V1Service>())
        {
            var pods = manifests.Pods.Select(pod => pod.Pod).Where(service.Spec.Selector.Selects).ToList();
            if (pods.Count == 0)
                yield return $"{Title(service)} selects no pod.";
            foreach (var port in service.Spec.Ports.Where(port => !pods.All(pod => pod.Listens(port.TargetPort))))
                yield return $"{Title(service)} sends to port {port.TargetPort.Value}, which its pods do not have.";
        }
    }

    private static IEnumerable<string> OfIngresses(Manifests manifests) =>
        from ingress in manifests.All<V1Ingress>()
        from rule in ingress.Spec.Rules
        from path in rule.Http.Paths
        let backend = path.Backend.Service
        where !manifests.All<V1Service>().Any(service => service.Metadata.Name == backend.Name && service.Spec.Ports.Any(port => port.Name == backend.Port.Name))
        select $"{Title(ingress)} leads to service {backend.Name}, port {backend.Port.Name}, which there is not.";

    private static IEnumerable<string> OfControllers(Manifests manifests)
    {
        foreach (var (owner, pod) in manifests.Pods)
        {
            var selector = owner switch
            {
                V1Deployment deployment => deployment.Spec.Selector,
                V1StatefulSet set => set.Spec.Selector,
                _ => null,
            };
            if (selector?.Selects(pod) is false)
                yield return $"{Title(owner)} does not select its own pods.";
            foreach (var spread in (pod.Spec.TopologySpreadConstraints ?? []).Where(spread => !spread.LabelSelector.Selects(pod)))
                yield return $"{Title(owner)} spreads other pods than its own over {spread.TopologyKey}.";
            if (owner is V1StatefulSet { Spec.ServiceName: var name } && !manifests.All<V1Service>().Any(service => service.Metadata.Name == name))
                yield return $"{Title(owner)} names service {name}, which there is not.";
        }
    }

    private static IEnumerable<string> OfScalers(Manifests manifests) =>
        from target in manifests.All<V2HorizontalPodAutoscaler>().Select(scaler => (Scaler: Title(scaler), Of: scaler.Spec.ScaleTargetRef))
            .Concat(manifests.All<ScaledObject>().Select(scaler => (Scaler: Title(scaler), Of: scaler.Spec.ScaleTargetRef)))
        let scaled = manifests.All<V1Deployment>().FirstOrDefault(deployment => deployment.Metadata.Name == target.Of.Name && target.Of.Kind == deployment.Kind)
        where scaled is null or { Spec.Replicas: not null }
        select scaled is null
            ? $"{target.Scaler} scales {target.Of.Kind} {target.Of.Name}, which there is not."
            : $"{target.Scaler} scales {Title(scaled)}, whose replicas are set: each apply would undo it.";

    private static IEnumerable<string> OfBudgets(Manifests manifests) =>
        from budget in manifests.All<V1PodDisruptionBudget>()
        where !manifests.PodsBy(budget.Spec.Selector).Any()
        select $"{Title(budget)} guards no pod.";

    private static IEnumerable<string> OfAccess(Manifests manifests) =>
        from binding in manifests.All<V1RoleBinding>().Select(binding => (Object: (IKubernetesObject<V1ObjectMeta>)binding, Role: binding.RoleRef, binding.Subjects))
            .Concat(manifests.All<V1ClusterRoleBinding>().Select(binding => (Object: (IKubernetesObject<V1ObjectMeta>)binding, Role: binding.RoleRef, binding.Subjects)))
        from missing in Missing(manifests, binding.Role, binding.Subjects)
        select $"{Title(binding.Object)} names {missing}, which there is not.";

    // What Kubernetes brings itself has a name of its own kind.
    private static IEnumerable<string> Missing(Manifests manifests, V1RoleRef role, IEnumerable<Rbacv1Subject> subjects) =>
        subjects.Where(subject => subject.NamespaceProperty != "kube-system" && !manifests.All<V1ServiceAccount>().Any(account => account.Metadata.Name == subject.Name))
            .Select(subject => $"account {subject.Name}")
            .Concat(role.Name.StartsWith("system:", StringComparison.Ordinal) || role.Name.StartsWith("extension-apiserver-", StringComparison.Ordinal)
                || manifests.Objects.Any(each => each.Kind == role.Kind && each.Metadata.Name == role.Name)
                ? []
                : [$"{role.Kind} {role.Name}"]);

    private static IEnumerable<string> OfPod(Manifests manifests, string owner, V1PodTemplateSpec pod)
    {
        if (pod.Spec.ServiceAccountName is { } account && !manifests.All<V1ServiceAccount>().Any(each => each.Metadata.Name == account))
            yield return $"{owner} runs as account {account}, which there is not.";
        var claims = manifests.All<V1StatefulSet>().Where(set => ReferenceEquals(set.Spec.Template, pod)).SelectMany(set => set.Spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name);
        var volumes = (pod.Spec.Volumes ?? []).Select(volume => volume.Name).Concat(claims).ToHashSet();
        foreach (var container in pod.Spec.Containers)
        {
            foreach (var mount in (container.VolumeMounts ?? []).Where(mount => !volumes.Contains(mount.Name)))
                yield return $"{owner} mounts volume {mount.Name}, which it does not have.";
            var ports = new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.OfType<V1Probe>().Select(probe => probe.HttpGet?.Port ?? probe.TcpSocket?.Port);
            foreach (var port in ports.OfType<IntOrString>().Where(port => !pod.Listens(port)))
                yield return $"{owner} is probed on port {port.Value}, which it does not have.";
        }

        var maps = (pod.Spec.Volumes ?? []).Select(volume => volume.ConfigMap?.Name).Concat(pod.Spec.Containers.SelectMany(container => container.EnvFrom ?? []).Select(source => source.ConfigMapRef?.Name));
        foreach (var map in maps.OfType<string>().Where(map => !manifests.All<V1ConfigMap>().Any(each => each.Metadata.Name == map)))
            yield return $"{owner} reads ConfigMap {map}, which there is not.";
    }
}
