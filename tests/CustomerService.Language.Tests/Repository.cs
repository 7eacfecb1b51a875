namespace CustomerService.Language.Tests;

/// <summary>Where the project's own files, and the shared data beside it, lie on this machine.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Language => Path.Combine(Root, "src", "CustomerService.Language");

    public static string Corpus => Path.Combine(Language, "Corpus");

    public static string Models => Path.Combine(Language, "Models");

    /// <summary>A file of the shared data, or null where there is none.</summary>
    public static string? Shared(string path)
    {
        var shared = Environment.GetEnvironmentVariable("CUSTOMERSERVICE_SHARED") ?? Path.Combine(Root, "..", "shared");
        var file = Path.Combine(shared, path);
        return File.Exists(file) ? file : null;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No CustomerService.sln above {AppContext.BaseDirectory}.");
    }
}
