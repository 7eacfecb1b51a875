using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Knowledge;

internal enum ImportState
{
    New,
    Same,

    /// <summary>As an import left it, and the source has changed.</summary>
    Outdated,

    /// <summary>Not as an import left it: somebody worked on it here.</summary>
    EditedHere,
}

/// <summary>What imports wrote, by a hash of each file, so that a later one sees what was edited since. Kept beside the articles as <c>.imported</c>.</summary>
internal sealed class ImportLedger
{
    private const string FileName = ".imported";

    private readonly string _folder;
    private readonly SortedDictionary<string, string> _written = new(StringComparer.Ordinal);

    private ImportLedger(string folder) => _folder = folder;

    /// <exception cref="FormatException">The file holds something else.</exception>
    internal static ImportLedger Open(string folder)
    {
        var ledger = new ImportLedger(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return ledger;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Split(' ', 2) is not [{ Length: 64 } hash, var name])
                throw new FormatException($"{path}:{number}: this is no line of an import; delete the file, and what was imported counts as edited here.");
            ledger._written[name] = hash;
        }
        return ledger;
    }

    internal ImportState StateOf(string path, string text)
    {
        if (!File.Exists(path))
            return ImportState.New;
        var found = File.ReadAllText(path);
        if (found == text)
            return ImportState.Same;
        return _written.GetValueOrDefault(Name(path)) == Hash(found) ? ImportState.Outdated : ImportState.EditedHere;
    }

    internal void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A name that the watcher passes over, so that nobody reads half an article.
        var draft = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));
        File.WriteAllText(draft, text);
        File.Move(draft, path, overwrite: true);
        _written[Name(path)] = Hash(text);
    }

    internal void Save()
    {
        if (_written.Count > 0)
            File.WriteAllLines(Path.Combine(_folder, FileName), _written.Select(pair => $"{pair.Value} {pair.Key}"));
    }

    private string Name(string path) => Path.GetRelativePath(_folder, path).Replace('\\', '/');

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
