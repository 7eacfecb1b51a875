using System.Collections.Immutable;
using System.Xml.Linq;

namespace CustomerService.Architecture.Tests.Facts;

/// <summary>What one project file references, under whatever condition. Names of ours are without the prefix <c>CustomerService.</c>.</summary>
internal sealed record ProjectFile(string Name, ImmutableArray<string> Projects, ImmutableArray<string> Packages)
{
    public const string Prefix = "CustomerService.";

    public static ProjectFile Parse(string path, string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        return new ProjectFile(
            Short(path),
            [.. Included(root, "ProjectReference").Select(Short)],
            [.. Included(root, "PackageReference")]);
    }

    /// <summary>The name of the project or assembly in this file.</summary>
    public static string Short(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }

    private static IEnumerable<string> Included(XElement root, string item) =>
        root.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
