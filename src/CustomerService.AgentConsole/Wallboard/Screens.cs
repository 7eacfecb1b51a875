using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Wallboard;

/// <summary>Which queues are on the wall, screen after screen.</summary>
internal static class Screens
{
    /// <summary>So many are read from across a room.</summary>
    public const int MostOnOne = 6;

    /// <summary>The queues of one screen.</summary>
    /// <param name="wanted">As the address names them, with commas; empty: all.</param>
    /// <param name="turn">Which screen's turn it is, from 0 on, without end.</param>
    public static (ImmutableArray<string> Queues, int Screen, int Of) At(IEnumerable<string> known, string? wanted, int turn)
    {
        var names = Wanted(wanted);
        var chosen = names.IsEmpty ? [.. known] : names.Where(known.Contains).ToImmutableArray();
        if (chosen.IsEmpty)
            return ([], 0, 0);
        var screens = chosen.Chunk(MostOnOne).ToArray();
        var screen = turn % screens.Length;
        return ([.. screens[screen]], screen, screens.Length);
    }

    /// <summary>Those that the address names and nobody knows.</summary>
    public static ImmutableArray<string> Unknown(IEnumerable<string> known, string? wanted) => Wanted(wanted).RemoveAll(name => known.Contains(name));

    private static ImmutableArray<string> Wanted(string? wanted) =>
        [.. (wanted ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
}
