using System.Collections.Immutable;
using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Sources;

namespace CustomerService.Silo.Owners;

/// <summary>The content folder as owners edit it, from the console and from the command line alike.</summary>
/// <param name="goesBy">Whether this process goes by that file though it is no <see cref="LiveFiles"/>: the articles, which it follows by itself.</param>
internal sealed class OwnerFolder(string folder, FileChecks checks, TimeProvider time, Func<string, bool>? goesBy = null) : IOwnerFiles, IDisposable
{
    private readonly string _folder = Path.GetFullPath(folder);
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly FileVersions _versions = new(Path.Combine(Path.GetFullPath(folder), OwnerPaths.VersionsFolder));

    public string? WhyReadOnly
    {
        get
        {
            try
            {
                using var probe = new FileStream(Path.Combine(_folder, $".{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                return null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return fault.Message;
            }
        }
    }

    public ImmutableArray<OwnerFile> List() =>
        [.. OwnerPaths.In(_folder).Select(path => (path, file: new FileInfo(FullPath(path)))).Select(each => new OwnerFile(each.path, each.file.Length, each.file.LastWriteTimeUtc))];

    public OwnerText? Read(string path)
    {
        var full = FullPath(path);
        if (!File.Exists(full))
            return null;
        var text = AtomicFile.Read(full);
        return new OwnerText(path, text, AtomicFile.Hash(text));
    }

    public ValueTask<FileCheck> CheckAsync(string path, string text, CancellationToken cancellation) => checks.CheckAsync(OwnerPaths.Checked(path), text, cancellation);

    public async ValueTask<SaveOutcome> SaveAsync(string path, string text, string? seen, string who, string why, CancellationToken cancellation)
    {
        var full = FullPath(path);
        if (WhyReadOnly is { } readOnly)
            return new SaveOutcome.ReadOnly(readOnly);
        await _saving.WaitAsync(cancellation);
        try
        {
            using var alone = OneAtATime();
            var now = Read(path);
            if (now?.Hash != seen)
                return new SaveOutcome.ChangedMeanwhile(now ?? new OwnerText(path, "", ""));
            text = Like(now?.Text, text);
            if (text == now?.Text)
                return new SaveOutcome.Unchanged();
            if (await CheckAsync(path, text, cancellation) is { HasErrors: true } check)
                return new SaveOutcome.HasErrors(check);
            return Write(path, full, text, now, who, why);
        }
        finally
        {
            _saving.Release();
        }
    }

    public ImmutableArray<FileVersion> Versions(string path) => _versions.Of(OwnerPaths.Checked(path));

    public string? VersionText(string path, int number) => _versions.TextOf(OwnerPaths.Checked(path), number);

    public void Dispose() => _saving.Dispose();

    private SaveOutcome.Saved Write(string path, string full, string text, OwnerText? now, string who, string why)
    {
        // What somebody wrote by other means would be lost with this save, if it were not kept first.
        if (now is not null && _versions.Of(path).FirstOrDefault()?.Hash != now.Hash)
            _versions.Add(path, now.Text, now.Hash, "disk", "", File.GetLastWriteTimeUtc(full));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        AtomicFile.Write(full, text);
        var version = _versions.Add(path, text, AtomicFile.Hash(text), who, why, time.GetUtcNow());
        var readers = LiveFiles.Look(full);
        return new SaveOutcome.Saved(version, !readers.IsEmpty || goesBy?.Invoke(path) == true, readers.Select(reader => reader.Problem).FirstOrDefault(problem => problem is not null));
    }

    /// <summary>Two programs on one folder, such as the command line beside a running system, save one after the other.</summary>
    private FileStream OneAtATime()
    {
        Directory.CreateDirectory(Path.Combine(_folder, OwnerPaths.VersionsFolder));
        return new FileStream(Path.Combine(_folder, OwnerPaths.VersionsFolder, ".saving"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private string FullPath(string path) => Path.Combine(_folder, OwnerPaths.Checked(path));

    /// <summary>A browser's text with the ends of lines that the file has, and an end to its last line.</summary>
    private static string Like(string? former, string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        return former?.Contains("\r\n", StringComparison.Ordinal) == true ? lines.ReplaceLineEndings("\r\n") : lines;
    }
}
