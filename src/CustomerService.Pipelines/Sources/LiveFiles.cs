using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CustomerService.Pipelines.Sources;

/// <summary>The files that this process keeps live, so that whoever has saved one can have it read at once and learn what came of it. As instruments are, it is the process' own list.</summary>
public static class LiveFiles
{
    private static readonly ConcurrentDictionary<ILiveFiles, bool> InUse = new(ReferenceEqualityComparer.Instance);

    /// <summary>Has everybody who goes by that file look at it now.</summary>
    /// <param name="path">The whole path.</param>
    /// <returns>What came of it, one for each who goes by it; none: nobody in this process does.</returns>
    public static ImmutableArray<LiveFileState> Look(string path) =>
        [.. InUse.Keys.Where(live => live.GoesBy(path)).Select(live => new LiveFileState(live.Path, live.LookNow()))];

    internal static void Add(ILiveFiles live) => InUse[live] = true;

    internal static void Remove(ILiveFiles live) => InUse.TryRemove(live, out _);
}

/// <param name="Path">The file or folder that is kept live.</param>
/// <param name="Problem">Why what it holds now is not in force; null: it is.</param>
public sealed record LiveFileState(string Path, string? Problem);

/// <summary>Files that are read again when they change.</summary>
internal interface ILiveFiles
{
    string Path { get; }

    bool GoesBy(string path);

    /// <summary>Looks, and says why what the files hold now is not in force; null: it is.</summary>
    string? LookNow();
}
