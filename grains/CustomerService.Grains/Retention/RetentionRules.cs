using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Grains.Retention;

/// <summary>How long the owner has conversations kept after the last word in them, and when what is older is erased.</summary>
/// <param name="Usual">Of channels that are not named.</param>
/// <param name="Channels">By the channel's name.</param>
/// <param name="At">The time of day at which the daily run begins.</param>
/// <param name="TimeZone">A zone's name such as <c>Europe/Berlin</c>.</param>
public sealed record RetentionRules(KeepTime Usual, ImmutableSortedDictionary<string, KeepTime> Channels, TimeOnly At, string TimeZone)
{
    public static readonly TimeOnly UsualAt = new(3, 15);

    /// <summary>Nothing is ever erased.</summary>
    public static RetentionRules Forever { get; } = new(KeepTime.Forever, ImmutableSortedDictionary<string, KeepTime>.Empty, UsualAt, "UTC");

    [JsonIgnore]
    public bool KeepsEverything => ChannelNames.All.All(channel => Of(channel).IsForever);

    public KeepTime Of(string channel) => Channels.GetValueOrDefault(channel) ?? Usual;

    /// <summary>The channels of which something may be erased.</summary>
    [JsonIgnore]
    public IEnumerable<string> Limited => ChannelNames.All.Where(channel => !Of(channel).IsForever);

    /// <summary>The channels of which less is kept than by the other rules.</summary>
    public IEnumerable<string> ShorterThan(RetentionRules other, DateTimeOffset now) => ChannelNames.All.Where(channel => Of(channel).IsShorterThan(other.Of(channel), now));

    public bool IsSame(RetentionRules other) =>
        At == other.At && TimeZone == other.TimeZone && ChannelNames.All.All(channel => Of(channel) == other.Of(channel));

    /// <summary>When the last daily run was to begin: now, or within the day before.</summary>
    public DateTimeOffset LastDue(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        return BeginOf(today) is var begin && begin <= now ? begin : BeginOf(today.AddDays(-1));
    }

    /// <summary>When the next daily run begins, by the clocks of its time zone.</summary>
    public DateTimeOffset NextDue(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        return BeginOf(today) is var begin && begin > now ? begin : BeginOf(today.AddDays(1));
    }

    /// <summary>Such as <c>forever, chat 180d; at 03:15 UTC</c>.</summary>
    public override string ToString() =>
        $"{string.Join(", ", [Usual.ToString(), .. Channels.Select(each => $"{each.Key} {each.Value}")])}; at {At:HH:mm} {TimeZone}";

    [JsonIgnore]
    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private DateTimeOffset BeginOf(DateOnly day)
    {
        var local = day.ToDateTime(At);
        if (Zone.IsInvalidTime(local))
            local = local.AddHours(1); // In spring an hour of that day is left out.
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
