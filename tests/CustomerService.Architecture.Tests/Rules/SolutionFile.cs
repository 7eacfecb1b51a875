using System.Text.RegularExpressions;

namespace CustomerService.Architecture.Tests.Rules;

/// <summary>The solution file shows every project, in a solution folder named like its folder on disk.</summary>
internal static partial class SolutionFile
{
    private const string FolderType = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";

    public static IEnumerable<string> Violations(string solution, IEnumerable<string> projectsOnDisk)
    {
        var entries = EntryLine().Matches(solution).Select(match =>
            (Type: match.Groups["type"].Value, Path: match.Groups["path"].Value.Replace('\\', '/'), Id: match.Groups["id"].Value)).ToList();
        var folders = entries.Where(entry => entry.Type == FolderType).ToDictionary(entry => entry.Id, entry => entry.Path);
        var parents = NestingLine().Matches(solution).ToDictionary(match => match.Groups["child"].Value, match => match.Groups["parent"].Value);
        var shown = entries.Where(entry => entry.Type != FolderType).ToList();
        var onDisk = projectsOnDisk.ToHashSet();

        foreach (var missing in onDisk.Except(shown.Select(project => project.Path)))
            yield return $"{missing} is not in the solution: dotnet sln add {missing}";
        foreach (var (_, path, id) in shown)
        {
            var shownIn = parents.TryGetValue(id, out var parent) && folders.TryGetValue(parent, out var folder) ? folder : "";
            if (!onDisk.Contains(path))
                yield return $"The solution names {path}, which does not exist.";
            else if (path.Split('/')[0] != shownIn)
                yield return $"{path} is shown in the solution folder '{shownIn}'; move it to '{path.Split('/')[0]}'.";
        }
    }

    [GeneratedRegex("""^Project\("(?<type>[^"]+)"\) = "[^"]*", "(?<path>[^"]+)", "(?<id>[^"]+)"\s*$""", RegexOptions.Multiline)]
    private static partial Regex EntryLine();

    [GeneratedRegex("""^\s*(?<child>\{[0-9A-F-]+\}) = (?<parent>\{[0-9A-F-]+\})\s*$""", RegexOptions.Multiline)]
    private static partial Regex NestingLine();
}
