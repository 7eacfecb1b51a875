namespace CustomerService.EndToEnd;

internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("customerservice-test-").FullName;

    /// <summary>The content that the program ships, to be edited.</summary>
    public static void CopyContent(string to)
    {
        var from = System.IO.Path.Combine(AppContext.BaseDirectory, "content");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = file.Replace(from, to, StringComparison.Ordinal);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
