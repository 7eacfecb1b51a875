using System.Collections.Concurrent;
using k8s;
using k8s.Models;

namespace CustomerService.Deploy.Reading;

/// <summary>What kustomize makes of one folder: Kubernetes' objects, read strictly, and nothing that the model does not know.</summary>
/// <param name="Name">The folder, for messages.</param>
internal sealed record Manifests(string Name, string Text, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects)
{
    private static readonly Dictionary<string, Type> Kinds = new() { ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject) };
    private static readonly ConcurrentDictionary<string, Task<Manifests>> Built = new();

    /// <summary>Builds a folder, once for all tests.</summary>
    public static Task<Manifests> OfAsync(string folder) => Built.GetOrAdd(folder, BuildAsync);

    /// <exception cref="YamlDotNet.Core.YamlException">A field is unknown, or its value is of another type.</exception>
    /// <exception cref="KeyNotFoundException">A kind is unknown.</exception>
    public static Manifests Parse(string name, string text) =>
        new(name, text, [.. KubernetesYaml.LoadAllFromString(text, Kinds, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()]);

    /// <summary>The same with one text in place of another, which must be there.</summary>
    public Manifests With(string old, string replacement)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Parse(Name, Text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    /// <summary>Everything that makes pods, with what its pods are.</summary>
    public IEnumerable<(IKubernetesObject<V1ObjectMeta> Owner, V1PodTemplateSpec Pod)> Pods => Objects.SelectMany(owner => owner switch
    {
        V1Deployment deployment => [(owner, deployment.Spec.Template)],
        V1StatefulSet set => [(owner, set.Spec.Template)],
        V1Job job => [(owner, job.Spec.Template)],
        _ => Enumerable.Empty<(IKubernetesObject<V1ObjectMeta>, V1PodTemplateSpec)>(),
    });

    /// <summary>The containers of our image, with whose they are.</summary>
    public IEnumerable<(string Owner, V1Container Container)> OurContainers =>
        from pod in Pods
        from container in pod.Pod.Spec.Containers
        where container.Name == "customerservice"
        select (Title(pod.Owner), container);

    /// <summary>An object's kind and name.</summary>
    public static string Title(IKubernetesObject<V1ObjectMeta> item) => $"{item.Kind} {item.Metadata.Name}";

    private static async Task<Manifests> BuildAsync(string folder)
    {
        var kustomize = Requires.Kustomize!;
        var (code, output, errors) = await Tool.RunAsync(
            kustomize, Path.GetFileNameWithoutExtension(kustomize) == "kustomize" ? ["build", Checkout.PathOf(folder)] : ["kustomize", Checkout.PathOf(folder)]);
        return code == 0 && errors.Length == 0 ? Parse(folder, output) : throw new InvalidOperationException($"{folder} does not build: {errors}");
    }
}
