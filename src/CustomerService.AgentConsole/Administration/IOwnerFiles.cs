using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Administration;

/// <summary>
/// The files that owners edit: pipelines, routing, answers, articles and the rest of the content folder. They are the same files that the program reads, checked by the same code
/// that reads them; what was saved is kept as a version. Paths are relative to the content folder, with slashes.
/// </summary>
/// <remarks>Every method throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the disk does not let it.</remarks>
public interface IOwnerFiles
{
    /// <summary>Why nothing can be saved here, such as a folder that is mounted read-only; null: it can.</summary>
    string? WhyReadOnly { get; }

    /// <summary>All of them, by path.</summary>
    ImmutableArray<OwnerFile> List();

    /// <summary>What a file holds; null: there is none of that path.</summary>
    /// <exception cref="ArgumentException">The path leads elsewhere, or to what is no owner's file.</exception>
    OwnerText? Read(string path);

    /// <summary>What the program would say of that text in that file.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Read"/>.</exception>
    ValueTask<FileCheck> CheckAsync(string path, string text, CancellationToken cancellation = default);

    /// <summary>Saves a text that has no errors, as a new version, and has the process take it up.</summary>
    /// <param name="seen">The <see cref="OwnerText.Hash"/> of what the editor began with; null: a new file.</param>
    /// <exception cref="ArgumentException">As for <see cref="Read"/>.</exception>
    ValueTask<SaveOutcome> SaveAsync(string path, string text, string? seen, string who, string why, CancellationToken cancellation = default);

    /// <summary>A file's kept versions, the newest first.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Read"/>.</exception>
    ImmutableArray<FileVersion> Versions(string path);

    /// <summary>The text of a version; null: it is not kept (any more).</summary>
    /// <exception cref="ArgumentException">As for <see cref="Read"/>.</exception>
    string? VersionText(string path, int number);
}

/// <param name="Path">Relative to the content folder, such as <c>answers/en/orders.yaml</c>.</param>
public sealed record OwnerFile(string Path, long Bytes, DateTimeOffset ChangedAt);

/// <param name="Hash">Tells one text from another: who saves says by it what they have seen.</param>
public sealed record OwnerText(string Path, string Text, string Hash);

/// <param name="Number">From 1, rising.</param>
/// <param name="Who">Who saved it; <c>disk</c> for one that was found there and that nobody had saved here.</param>
/// <param name="Why">In their words.</param>
public sealed record FileVersion(int Number, DateTimeOffset At, string Who, string Why, string Hash, long Bytes);

/// <summary>What the program says of a text.</summary>
/// <param name="InWords">What it would do, in words, where the check says it; null: it does not, or there are errors.</param>
/// <param name="IsWhole">False: only that it is well-formed was checked; whoever reads the file says more.</param>
public sealed record FileCheck(ImmutableArray<FileFinding> Findings, string? InWords, bool IsWhole)
{
    public bool HasErrors => Findings.Any(finding => finding.IsError);
}

/// <param name="Line">From 1; of another file, where <paramref name="Path"/> is not the file that was checked.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
public sealed record FileFinding(bool IsError, string Path, int Line, int Column, string Message);

/// <summary>What became of a save.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    /// <param name="Problem">Why whoever reads it did not take it up; null: it is in force.</param>
    /// <param name="IsReadHere">False: this process does not use the file; those that do look at theirs each second.</param>
    public sealed record Saved(FileVersion Version, bool IsReadHere, string? Problem) : SaveOutcome;

    /// <summary>Somebody else saved it meanwhile; nothing was written.</summary>
    public sealed record ChangedMeanwhile(OwnerText Now) : SaveOutcome;

    /// <summary>It has errors; nothing was written.</summary>
    public sealed record HasErrors(FileCheck Check) : SaveOutcome;

    /// <summary>It can't be written here; nothing was.</summary>
    public sealed record ReadOnly(string Why) : SaveOutcome;

    /// <summary>It is what the file holds already.</summary>
    public sealed record Unchanged : SaveOutcome;
}
