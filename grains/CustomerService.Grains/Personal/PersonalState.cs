using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Personal;

/// <summary>What is one person's own. Drafts and notices stand in index entries (<see cref="PersonalEntries"/>), and here only in memory.</summary>
public sealed record PersonalState
{
    /// <summary>Beyond so many the oldest goes: a draft that long ago was given up.</summary>
    public const int MostDrafts = 200;

    /// <summary>Beyond so many the oldest goes.</summary>
    public const int MostNotices = 200;

    internal const int RememberedCommands = 64;

    /// <summary>The number of the last notice.</summary>
    public long LastNotice { get; init; }

    /// <summary>Ids of the last commands that gave notice, to know a repeated one.</summary>
    public ImmutableList<string> Remembered { get; init; } = [];

    /// <summary>By conversation.</summary>
    [JsonIgnore]
    public ImmutableDictionary<string, KeptDraft> Drafts { get; init; } = ImmutableDictionary.Create<string, KeptDraft>(StringComparer.Ordinal);

    /// <summary>By number.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<long, Notice> Notices { get; init; } = ImmutableSortedDictionary<long, Notice>.Empty;
}
