using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests;

/// <summary>A copy of the shipped content for one test, with a routing file of its own.</summary>
internal sealed class OwnersContent : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OwnersContent()
    {
        var shipped = ContentFolder.Find(null).Path;
        foreach (var folder in Directory.GetDirectories(shipped, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(shipped, _folder.Path, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(shipped, _folder.Path, StringComparison.Ordinal), overwrite: true);
    }

    public ContentFolder Folder => new(_folder.Path);

    public void WriteRouting(string yaml) => File.WriteAllText(Folder.Routing, yaml);

    public void Dispose() => _folder.Dispose();
}
