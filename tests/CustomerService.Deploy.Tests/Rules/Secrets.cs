using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Deploy.Reading;
using k8s.Models;
using static CustomerService.Deploy.Reading.Manifests;

namespace CustomerService.Deploy.Rules;

/// <summary>Secrets are named and never written, and the README says how to make each one, key by key.</summary>
internal static partial class Secrets
{
    /// <summary>The keys of each secret that the README makes, as <c>name/key</c>.</summary>
    public static ImmutableHashSet<string> Made(string readme) =>
    [
        .. from Match command in Command().Matches(readme.Replace("\\\n", " ", StringComparison.Ordinal))
           from Match key in Key().Matches(command.Value)
           select $"{command.Groups["name"].Value}/{key.Groups["key"].Value}",
        .. from Match command in TlsCommand().Matches(readme) select $"{command.Groups["name"].Value}/",
    ];

    public static IEnumerable<string> Violations(Manifests manifests, IReadOnlySet<string> made) =>
        manifests.All<V1Secret>().Select(secret => $"{manifests.Name}: {Title(secret)} is written in a file.")
            .Concat(from pod in manifests.Pods
                    from asked in Asked(pod.Pod.Spec)
                    where !made.Contains(asked)
                    select $"{manifests.Name}: {Title(pod.Owner)} asks for the secret {asked}, which the README does not make.")
            .Concat(from ingress in manifests.All<V1Ingress>()
                    from tls in ingress.Spec.Tls
                    where !made.Contains(tls.SecretName + "/")
                    select $"{manifests.Name}: {Title(ingress)} asks for the secret {tls.SecretName}, which the README does not make.");

    private static IEnumerable<string> Asked(V1PodSpec pod) =>
        pod.Containers.SelectMany(container => container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>()
            .Select(reference => $"{reference.Name}/{reference.Key}")
            // A mounted secret's keys are files, which variables name by their paths.
            .Concat(from volume in pod.Volumes ?? []
                    where volume.Secret is not null
                    from container in pod.Containers
                    from mount in container.VolumeMounts ?? []
                    where mount.Name == volume.Name
                    from variable in container.Env ?? []
                    where variable.Value?.StartsWith(mount.MountPath + "/", StringComparison.Ordinal) is true
                    select $"{volume.Secret.SecretName}/{variable.Value[(mount.MountPath.Length + 1)..]}");

    [GeneratedRegex(@"create secret generic (?<name>[\w-]+).*")]
    private static partial Regex Command();

    [GeneratedRegex(@"create secret tls (?<name>[\w-]+)|and `(?<name>[\w-]+-tls)`")]
    private static partial Regex TlsCommand();

    [GeneratedRegex(@"--from-(?:literal|file)=(?<key>[\w.-]+)")]
    private static partial Regex Key();
}
