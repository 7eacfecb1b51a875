using CustomerService.Deploy.Reading;
using k8s.Models;

namespace CustomerService.Deploy.Rules;

/// <summary>A container's ports are those that its arguments tell the program to listen on, and it is given the time that its program takes to end.</summary>
internal static class Ports
{
    /// <summary>What was accepted is finished within 30 s, outside work within 20 s more.</summary>
    private const int DrainSeconds = 50;

    private static readonly Dictionary<string, string> FlagOfPort = new()
    {
        ["silo"] = "--silo-port",
        ["client"] = "--client-port",
        ["metrics"] = "--metrics-port",
        ["http"] = "--listen",
    };

    public static IEnumerable<string> Violations(Manifests manifests) =>
        (from process in manifests.OurContainers
         from port in process.Container.Ports ?? []
         let said = ValueOf(process.Container.Args, FlagOfPort[port.Name])
         where said is null || !$":{said}".EndsWith($":{port.ContainerPort}", StringComparison.Ordinal)
         select $"{manifests.Name}: {process.Owner} has port {port.Name} {port.ContainerPort}, and {FlagOfPort[port.Name]} {said ?? "is not given"}.")
        .Concat(from pod in manifests.Pods
                where pod.Owner is V1Deployment { Metadata.Name: "silo" or "gateway" or "console" }
                let pause = pod.Pod.Spec.Containers[0].Lifecycle?.PreStop?.Sleep?.Seconds ?? 0
                let needed = pause + (pod.Owner.Metadata.Name == "silo" ? DrainSeconds : DrainSeconds - 20)
                where pod.Pod.Spec.TerminationGracePeriodSeconds is not { } given || given <= needed
                select $"{manifests.Name}: {Manifests.Title(pod.Owner)} is killed after {pod.Pod.Spec.TerminationGracePeriodSeconds ?? 30} s; it may need {needed}.");

    private static string? ValueOf(IList<string> arguments, string flag) => arguments.IndexOf(flag) is >= 0 and var at ? arguments[at + 1] : null;
}
