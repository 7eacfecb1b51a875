using System.Collections.Immutable;

namespace CustomerService.Channels.Sending;

/// <summary>What an account may send, and when: data, so that an owner can follow a provider's terms. A limit that is null does not exist.</summary>
public sealed record ChannelRules
{
    public static ChannelRules None { get; } = new();

    /// <summary>Of one message, in characters; a provider that joins parts by itself counts all of them.</summary>
    public int? MaxCharacters { get; init; }

    public int? MaxAttachments { get; init; }

    /// <summary>Why no files can be sent, and what to do about it; null: there is nothing to say but the number.</summary>
    public string? WhyNoFiles { get; init; }

    /// <summary>Of one file.</summary>
    public long? MaxAttachmentBytes { get; init; }

    /// <summary>Types that may be sent, such as <c>image/jpeg</c> or <c>image/*</c>; empty: all.</summary>
    public ImmutableArray<string> MediaTypes { get; init; } = [];

    /// <summary>How long after the customer's last message they may be written to.</summary>
    public TimeSpan? ReplyWindow { get; init; }

    /// <summary>The same for what our people write, where the channel gives them longer than assistants; null: as long as everybody.</summary>
    public TimeSpan? AgentReplyWindow { get; init; }

    /// <summary>Whether the account has a template for what goes out after the window.</summary>
    public bool HasTemplate { get; init; }

    /// <summary>When nothing goes out, except in answer to a message of the last minutes.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>How long a message is tried. Default: a day.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);
}

/// <param name="From">In the zone's own time; may be later than <paramref name="Until"/>: over midnight.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>When it is over; null: it is not quiet at that time.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (!time.IsBetween(From, Until))
            return null;

        var day = DateOnly.FromDateTime(local.DateTime);
        var end = (time < Until ? day : day.AddDays(1)).ToDateTime(Until);
        // An end that the clock leaps over when summer time begins is when it has leapt.
        while (Zone.IsInvalidTime(end))
            end = end.AddMinutes(15);
        return new DateTimeOffset(end, Zone.GetUtcOffset(end));
    }
}
