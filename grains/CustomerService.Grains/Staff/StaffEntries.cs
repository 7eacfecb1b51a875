using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Staff;

/// <summary>The staff's index entries: a turn writes only whom it changes. No id has a slash, so people and tokens are never taken for each other.</summary>
internal static class StaffEntries
{
    private const string PersonMark = "person/";
    private const string TokenMark = "token/";

    public static PutEntry Of(StaffPerson person) => new(PersonMark + person.Id, JsonSerializer.Serialize(person, GrainsJson.Default.StaffPerson));

    public static PutEntry Of(ApiToken token) => new(TokenMark + token.Id, JsonSerializer.Serialize(token, GrainsJson.Default.ApiToken));

    public static StaffState Restored(StaffState state, ImmutableArray<IndexEntry> entries)
    {
        var people = state.People.ToBuilder();
        var tokens = state.Tokens.ToBuilder();
        foreach (var entry in entries.OrEmpty())
        {
            if (entry.Key.StartsWith(PersonMark, StringComparison.Ordinal))
                people[entry.Key[PersonMark.Length..]] = JsonSerializer.Deserialize(entry.Payload, GrainsJson.Default.StaffPerson) ?? throw Empty(entry);
            else if (entry.Key.StartsWith(TokenMark, StringComparison.Ordinal))
                tokens[entry.Key[TokenMark.Length..]] = JsonSerializer.Deserialize(entry.Payload, GrainsJson.Default.ApiToken) ?? throw Empty(entry);
        }

        return state with { People = people.ToImmutable(), Tokens = tokens.ToImmutable() };
    }

    private static JsonException Empty(IndexEntry entry) => new($"The index entry of {entry.Key} is empty.");
}
