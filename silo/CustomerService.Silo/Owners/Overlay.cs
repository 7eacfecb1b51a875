using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Owners;

/// <summary>Some of the content as it would be with one file changed, in a folder of its own.</summary>
internal sealed class Overlay : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    /// <param name="parts">What is needed: files and folders, relative to the content folder.</param>
    public Overlay(string content, string path, string text, params IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            if (Directory.Exists(Path.Combine(content, part)))
                Copy(content, part);
            else if (File.Exists(Path.Combine(content, part)))
                File.Copy(Path.Combine(content, part), Made(part));
        }

        File.WriteAllText(Made(path), text);
    }

    public string Folder => _temporary.Path;

    public void Dispose() => _temporary.Dispose();

    private void Copy(string content, string part)
    {
        Directory.CreateDirectory(Path.Combine(Folder, part));
        foreach (var path in OwnerPaths.In(Path.Combine(content, part)))
            File.Copy(Path.Combine(content, part, path), Made(Path.Combine(part, path)));
    }

    private string Made(string path)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }
}
