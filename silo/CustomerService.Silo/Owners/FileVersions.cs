using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CustomerService.AgentConsole.Administration;

namespace CustomerService.Silo.Owners;

/// <summary>The kept versions of owners' files, each whole in a file of its own: <c>.versions/routing.yaml/000012.json</c>.</summary>
/// <param name="folder">The folder of all versions; it is made when there is one.</param>
internal sealed class FileVersions(string folder)
{
    /// <summary>Of each file. Older ones go.</summary>
    public const int Kept = 100;

    /// <summary>The newest first.</summary>
    public ImmutableArray<FileVersion> Of(string path) => [.. Files(path).Reverse().Select(Read).OfType<Stored>().Select(stored => stored.Version)];

    public string? TextOf(string path, int number) => Read(FileOf(path, number))?.Text;

    /// <summary>Keeps a version; whole, or not at all.</summary>
    public FileVersion Add(string path, string text, string hash, string who, string why, DateTimeOffset at)
    {
        var files = Files(path);
        var number = files.Length == 0 ? 1 : NumberOf(files[^1]) + 1;
        var version = new FileVersion(number, at, who, why, hash, System.Text.Encoding.UTF8.GetByteCount(text));
        Directory.CreateDirectory(FolderOf(path));
        AtomicFile.Write(FileOf(path, number), JsonSerializer.Serialize(new Stored(version, text)));
        foreach (var old in files.SkipLast(Kept - 1))
            File.Delete(old);
        return version;
    }

    private string FolderOf(string path) => Path.Combine(folder, path);

    private string FileOf(string path, int number) => Path.Combine(FolderOf(path), number.ToString("000000", CultureInfo.InvariantCulture) + ".json");

    private string[] Files(string path) => Directory.Exists(FolderOf(path)) ? [.. Directory.GetFiles(FolderOf(path), "*.json").Where(file => NumberOf(file) > 0).OrderBy(NumberOf)] : [];

    private static int NumberOf(string file) => int.TryParse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Null: it is gone, or damaged; the others are still good.</summary>
    private static Stored? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private sealed record Stored(FileVersion Version, string Text);
}
