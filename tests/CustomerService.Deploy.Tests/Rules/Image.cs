using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CustomerService.Deploy.Reading;

namespace CustomerService.Deploy.Rules;

/// <summary>The Dockerfile builds what there is, from what .dockerignore lets it see.</summary>
internal static partial class Image
{
    public const string Dockerfile = "deploy/docker/Dockerfile";
    private const string Program = "silo/CustomerService.Silo/CustomerService.Silo.csproj";

    public static IEnumerable<string> Violations(string dockerfile)
    {
        var froms = From().Matches(dockerfile);
        var stages = froms.Select(from => from.Groups["stage"].Value).Where(stage => stage.Length > 0).ToList();
        var sdk = ((string)JsonNode.Parse(Checkout.Read("global.json"))!["sdk"]!["version"]!).Split('.')[0] + ".0";
        foreach (var image in froms.Select(from => from.Groups["image"].Value).Where(image => !image.Split(':')[^1].StartsWith(sdk, StringComparison.Ordinal)))
            yield return $"FROM {image}: the SDK of global.json is {sdk}.";
        foreach (var stage in Copy().Matches(dockerfile).Select(copy => copy.Groups["stage"].Value).Where(stage => !stages.Contains(stage)))
            yield return $"COPY --from={stage}: there is no such stage.";
        if (!Regex.IsMatch(dockerfile, @"^USER \$APP_UID$", RegexOptions.Multiline))
            yield return "USER: it would run as root.";
        foreach (var project in Published().Matches(dockerfile).Select(publish => publish.Groups["project"].Value).Where(project => !Checkout.Has($"{project}/{project.Split('/')[^1]}.csproj")))
            yield return $"publish {project}: there is no such project.";
        if (Regex.IsMatch(dockerfile, "^HEALTHCHECK", RegexOptions.Multiline) || Regex.IsMatch(dockerfile, @"^(?:ENTRYPOINT|CMD) [^\[]", RegexOptions.Multiline))
            yield return "HEALTHCHECK, or a command without brackets: the image has no shell to run it.";
        if (Words(dockerfile, "ENTRYPOINT") is not ["/app/CustomerService.Silo"])
            yield return "ENTRYPOINT is not the program.";
    }

    /// <summary>What the program is built from and .dockerignore keeps out.</summary>
    public static IEnumerable<string> Ignored(string dockerignore)
    {
        var let = dockerignore.Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        return Sources().Where(path => !let.Any(each => path == each || path.StartsWith(each + "/", StringComparison.Ordinal)))
            .Select(path => $".dockerignore keeps {path} out, which the program is built from.");
    }

    /// <summary>The words of an instruction in brackets.</summary>
    public static string[] Words(string dockerfile, string instruction) =>
        Regex.Match(dockerfile, $@"^{instruction} (?<words>\[.*\])$", RegexOptions.Multiline) is { Success: true } found
            ? [.. JsonNode.Parse(found.Groups["words"].Value)!.AsArray().Select(word => (string)word!)]
            : [];

    private static IEnumerable<string> Sources()
    {
        var projects = new HashSet<string>();
        var open = new Stack<string>([Program]);
        while (open.TryPop(out var project))
        {
            if (!projects.Add(project))
                continue;
            foreach (var reference in XDocument.Parse(Checkout.Read(project)).Descendants("ProjectReference").Attributes("Include"))
                open.Push(Path.GetRelativePath(Requires.RepositoryRoot, Path.GetFullPath(Checkout.PathOf(Path.Combine(Path.GetDirectoryName(project)!, reference.Value)))));
        }

        string[] besides = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "BannedSymbols.txt", ".editorconfig"];
        return projects.Concat(besides.Where(Checkout.Has));
    }

    [GeneratedRegex(@"^FROM (?<image>\S+)(?: AS (?<stage>\S+))?$", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY --from=(?<stage>\S+)", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"dotnet publish (?<project>\S+)")]
    private static partial Regex Published();
}
