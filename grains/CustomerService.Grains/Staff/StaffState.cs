using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Staff;

/// <summary>Everybody who works here. Who they are stands in index entries (<see cref="StaffEntries"/>), and here only in memory.</summary>
public sealed record StaffState
{
    internal const int RememberedCommands = 64;

    /// <summary>The last stamp that was given to anybody.</summary>
    public long LastStamp { get; init; }

    /// <summary>Ids of the last commands that were carried out, to know a repeated one.</summary>
    public ImmutableList<string> Remembered { get; init; } = [];

    /// <summary>By id.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, StaffPerson> People { get; init; } = ImmutableSortedDictionary.Create<string, StaffPerson>(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, ApiToken> Tokens { get; init; } = ImmutableSortedDictionary.Create<string, ApiToken>(StringComparer.Ordinal);
}
