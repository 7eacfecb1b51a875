using System.Text.RegularExpressions;

namespace CustomerService.Silo.Owners;

/// <summary>Which files of a content folder owners edit, and how they are named: relative to it, with slashes.</summary>
internal static partial class OwnerPaths
{
    /// <summary>Where former versions lie. Its name begins with a point, so nothing that reads content looks into it.</summary>
    public const string VersionsFolder = ".versions";

    /// <summary>Rosters and traffic of what-if simulations are not what the system runs by.</summary>
    private const string Simulations = "simulate/";

    /// <summary>All of them, by path.</summary>
    public static IEnumerable<string> In(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        let path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')
        where IsOwners(path)
        orderby path.Contains('/', StringComparison.Ordinal), path
        select path;

    /// <exception cref="ArgumentException">It leads elsewhere, or to what is no owner's file.</exception>
    public static string Checked(string path) => IsOwners(path)
        ? path
        : throw new ArgumentException($"'{path}' is no file that owners edit: name one below the content folder that ends in .yaml, .md or .ics, such as routing.yaml.", nameof(path));

    private static bool IsOwners(string path) => Pattern().IsMatch(path) && !path.StartsWith(Simulations, StringComparison.Ordinal);

    /// <summary>No part may begin with a point: not the parent folder, and nothing hidden.</summary>
    [GeneratedRegex(@"\A(?:[A-Za-z0-9_][A-Za-z0-9_.\-]*/){0,6}[A-Za-z0-9_][A-Za-z0-9_.\-]*\.(?:yaml|md|ics)\z")]
    private static partial Regex Pattern();
}
