using System.Diagnostics;

namespace CustomerService.Architecture.Tests.Facts;

/// <summary>The files of the checkout: what git tracks or would add, or all but build output where there is no git.</summary>
internal static class Checkout
{
    private static readonly string[] Unversioned = [".git", ".vs", ".idea", "artifacts", "bin", "data", "obj", "TestResults"];

    /// <summary>Paths below the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Listed() ?? Walked()];

    public static IEnumerable<string> Projects => Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Requires.RepositoryRoot, path));

    private static List<string>? Listed()
    {
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Requires.RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0
                ? [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Requires.RepositoryRoot, path)))]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> Walked() =>
        Directory.EnumerateFiles(Requires.RepositoryRoot, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Requires.RepositoryRoot, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(Unversioned).Any());
}
