using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Knowledge;
using CustomerService.Reporting.Conversations;

namespace CustomerService.AgentConsole.Customers;

/// <summary>Picks customers from conversations that a search found. The list finds words in all that was said; here only who somebody is counts.</summary>
internal sealed class CustomerSearch(string text)
{
    private const int Most = 50;
    private const int MostSeen = 2_000;
    private const int ShortestNumber = 5;

    private readonly string[] _words = TextFold.Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    private readonly Dictionary<string, FoundCustomer> _found = [];
    private int _seen;

    /// <summary>The last who wrote first.</summary>
    public ImmutableArray<FoundCustomer> Found => [.. _found.Values.OrderByDescending(each => each.LastAt).Take(Most)];

    public bool IsEnough => _found.Count >= Most || _seen >= MostSeen;

    /// <summary>The addresses that the text may be itself, and so may be linked to somebody who never wrote from there.</summary>
    public IEnumerable<GrainId> Addresses
    {
        get
        {
            var whole = text.Trim();
            if (whole.Contains('@', StringComparison.Ordinal))
                yield return Grain.Address(ChannelNames.Email, whole.ToLowerInvariant());
            var number = string.Concat(whole.Where(letter => letter == '+' || char.IsAsciiDigit(letter)));
            if (number.Length < ShortestNumber || whole.Any(char.IsLetter))
                yield break;
            yield return Grain.Address(ChannelNames.Sms, number);
            yield return Grain.Address(ChannelNames.Voice, number);
        }
    }

    public void Add(IEnumerable<ConversationRow> rows)
    {
        foreach (var row in rows)
        {
            _seen++;
            if (IsOf(row))
                Add(new FoundCustomer(row.CustomerId, row.CustomerName, row.Tier, [row.Channel], [row.Address], row.LastMessageAt, 1));
        }
    }

    public void Add(string id, KnownCustomer known) => _found.TryAdd(id, new FoundCustomer(
        id, known.Name, known.View.Profile.Tier, [.. known.Addresses.Select(each => each.Channel).Distinct()], [.. known.Addresses.Select(each => each.Address)],
        known.Conversations.IsEmpty ? null : known.Conversations[0].LastMessageAt, known.Conversations.Length));

    /// <summary>Whether each word is in what the customer is known by.</summary>
    private bool IsOf(ConversationRow row)
    {
        var knownBy = new[] { row.CustomerName, row.AddressName, row.Channel == ChannelNames.Chat ? null : row.Address, row.CustomerId };
        var folded = TextFold.Of(string.Join(' ', knownBy));
        return _words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }

    private void Add(FoundCustomer one)
    {
        if (!_found.TryGetValue(one.Id, out var known))
        {
            _found[one.Id] = one;
            return;
        }

        _found[one.Id] = known with
        {
            Name = known.Name ?? one.Name,
            Tier = known.Tier ?? one.Tier,
            Channels = [.. known.Channels.Union(one.Channels)],
            Addresses = [.. known.Addresses.Union(one.Addresses)],
            Conversations = known.Conversations + 1,
        };
    }
}

/// <param name="LastAt">When they or we wrote last; null: never.</param>
/// <param name="Conversations">How many of those that were found.</param>
internal sealed record FoundCustomer(
    string Id, string? Name, string? Tier, ImmutableArray<string> Channels, ImmutableArray<string> Addresses, DateTimeOffset? LastAt, int Conversations);
