using CustomerService.Deploy.Reading;
using static CustomerService.Deploy.Reading.ComposeFile;

namespace CustomerService.Deploy.Rules;

/// <summary>What the compose file names exists: files, services, volumes, variables; and nobody outside reaches silos or stores.</summary>
internal static class Compose
{
    private static readonly HashSet<string> Fields =
    [
        "build", "cap_drop", "command", "depends_on", "deploy", "environment", "healthcheck", "image", "ports", "read_only", "restart", "security_opt",
        "stop_grace_period", "tmpfs", "volumes",
    ];

    // The doors, and what looks after the whole.
    private static readonly string[] Reachable = ["gateway", "console", "prometheus"];

    public static IEnumerable<string> Violations(ComposeFile file, string example) =>
        file.Services.SelectMany(service => OfService(file, service).Select(violation => $"{service.Name} {violation}"))
            .Concat(file.Volumes.Where(volume => !file.Services.Any(service => Mounts(service).Any(mount => mount.Source == volume))).Select(volume => $"volume {volume} is used by nobody."))
            .Concat(file.Interpolated.Where(variable => !Names(example, variable.Name, variable.Required)).Select(variable => $"{variable.Name} is not in .env.example{(variable.Required ? " as one to fill in" : "")}."));

    private static IEnumerable<string> OfService(ComposeFile file, ComposeEntry service)
    {
        foreach (var field in service.Fields.Keys.Where(field => !Fields.Contains(field)))
            yield return $"has a field '{field}', which is not one that we know.";
        if (service["image"] is not string image || image.Split(':') is not [_, not "latest"])
            yield return $"runs {service["image"]}, of no certain version.";
        if (service["build"] is { } build && Missing(Map(build)) is { } missing)
            yield return $"is built from {missing}, which there is not.";
        foreach (var (other, condition) in Map(service["depends_on"]))
        {
            var awaited = file.Services.FirstOrDefault(each => each.Name == other);
            if (awaited is null)
                yield return $"waits for {other}, which there is not.";
            else if ((string?)Map(condition)["condition"] is "service_healthy" && awaited["healthcheck"] is null)
                yield return $"waits until {other} is healthy, which nobody checks.";
            else if ((string?)Map(condition)["condition"] is "service_completed_successfully" && awaited["restart"] is "always" or "unless-stopped")
                yield return $"waits until {other} is done, which never ends.";
        }

        foreach (var (source, _) in Mounts(service).Where(mount => mount.Source.StartsWith('.') ? !Checkout.Has($"deploy/{mount.Source}") : !file.Volumes.Contains(mount.Source)))
            yield return $"mounts {source}, which there is not.";
        if (service["ports"] is not null && !Reachable.Contains(service.Name))
            yield return "is reachable from outside.";
        foreach (var name in service.IsOurs ? service.Environment.Where(name => !Variables.Known.Contains(name)) : [])
            yield return $"gets {name}, which the program does not read.";
        if (service.IsOurs && (service["read_only"] is not "true" || !List(service["cap_drop"]).Contains("ALL")))
            yield return "may write to its image, or more than it must.";
        if (service.IsOurs && service["deploy"] is { } deploy && Map(deploy).Keys.Any(key => key != "replicas"))
            yield return "is deployed with something else than a number of replicas.";
    }

    private static string? Missing(Dictionary<string, object?> build)
    {
        var context = Path.Combine("deploy", (string)build["context"]!);
        var dockerfile = Path.Combine(context, (string)build["dockerfile"]!);
        return Checkout.Has(dockerfile) ? null : dockerfile;
    }

    private static IEnumerable<(string Source, string Target)> Mounts(ComposeEntry service) =>
        List(service["volumes"]).Select(mount => mount.Split(':')).Select(parts => (parts[0], parts[1]));

    // One to fill in stands in the first column; one that may stay away is behind a '#'.
    private static bool Names(string example, string variable, bool required) =>
        example.Split('\n').Any(line => (required ? line : line.TrimStart('#')).StartsWith(variable + "=", StringComparison.Ordinal));
}
