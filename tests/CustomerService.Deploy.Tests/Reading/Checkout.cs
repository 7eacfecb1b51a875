namespace CustomerService.Deploy.Reading;

/// <summary>The checkout's files, by their paths from its root.</summary>
internal static class Checkout
{
    public const string Kubernetes = "deploy/kubernetes";
    public const string Observability = "deploy/observability";

    /// <summary>Everything under <c>deploy/kubernetes</c> that can be applied.</summary>
    public static IEnumerable<string> Applicable { get; } =
        [.. Folders($"{Kubernetes}/overlays"), .. Folders($"{Kubernetes}/cluster")];

    public static string PathOf(string file) => Path.Combine(Requires.RepositoryRoot, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    public static bool Has(string path) => Path.Exists(PathOf(path));

    /// <summary>Files whose names match, below a folder, in order.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Requires.RepositoryRoot, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(PathOf(folder)).Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal);
}
