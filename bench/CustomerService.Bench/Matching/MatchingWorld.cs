using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;

namespace CustomerService.Bench.Matching;

/// <summary>
/// A line and a floor full of agents, by dice: classes of (channel, language, topic at a level), groups of agents with some languages and topics
/// each. Every class fits somebody.
/// </summary>
internal sealed class MatchingWorld
{
    private static readonly string[] Channels = ["web", "email", "sms", "phone", "social"];
    private static readonly string[] Languages = ["english", "french", "german", "spanish", "italian", "polish", "dutch"];
    private const int PhoneUnits = 3;
    private const int Priorities = 3;

    private readonly ImmutableArray<SkillNeed>[] _needs;
    private readonly ImmutableDictionary<string, int>[] _skills;
    private readonly Random _random;

    public MatchingWorld(int classes, int groups, int seed)
    {
        _random = new Random(seed);
        var topics = Math.Max(1, classes / (Channels.Length * Languages.Length));
        _needs = [.. Enumerable.Range(0, Languages.Length * topics).Select(number => Needs(Languages[number % Languages.Length], $"topic-{number / Languages.Length}"))];
        _skills = [.. Enumerable.Range(0, groups).Select(number => Skills(number, topics))];
        Classes = _needs.Length * Channels.Length;
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A telephone call takes a whole desk; priority is strict, as in a queue that nobody configured.</summary>
    public static QueuePolicy Policy { get; } = QueuePolicy.Default with { Units = ImmutableDictionary<string, int>.Empty.Add("phone", PhoneUnits) };

    /// <summary>How many there really are: those asked for, rounded to whole languages and channels.</summary>
    public int Classes { get; }

    public WaitingConversation Conversation(int number)
    {
        var needs = _needs[_random.Next(_needs.Length)];
        return new WaitingConversation($"c-{number}", 5 + _random.Next(Priorities), Start.AddMilliseconds(number * 10L), [], Offers: 0)
        {
            Channel = Channels[_random.Next(Channels.Length)],
            Needs = needs,
        };
    }

    public FloorAgent Agent(int number) => new($"a-{number}", PhoneUnits, [], Start.AddMilliseconds(_random.Next(3_600_000)), SeenOffer: 0)
    {
        Present = true,
        Levels = _skills[number % _skills.Length],
    };

    private ImmutableArray<SkillNeed> Needs(string language, string topic) =>
        [new SkillNeed(language, 1 + _random.Next(4), Required: true), new SkillNeed(topic, 1 + _random.Next(3), Required: false)];

    // The first groups have every language at the highest level between them, so nobody waits for nothing.
    private ImmutableDictionary<string, int> Skills(int number, int topics)
    {
        var skills = ImmutableDictionary<string, int>.Empty.SetItem(Languages[number % Languages.Length], 5);
        skills = skills.SetItem(Languages[_random.Next(Languages.Length)], 1 + _random.Next(5));
        for (var count = 0; count < 1 + (topics / 4); count++)
            skills = skills.SetItem($"topic-{_random.Next(topics)}", 1 + _random.Next(5));
        return number < Languages.Length ? Enumerable.Range(0, topics).Aggregate(skills, (all, topic) => all.SetItem($"topic-{topic}", 5)) : skills;
    }
}
