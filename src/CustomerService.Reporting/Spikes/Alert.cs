using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>More customers than usual write about something, with what shows it.</summary>
/// <param name="Kind"><c>intent</c> or <c>word</c>.</param>
/// <param name="Name">The intent, or the word.</param>
/// <param name="Language">ISO 639-1, of a word; null: all languages together.</param>
/// <param name="Since">When it was noticed.</param>
/// <param name="LastHour">Conversations about it in the last hour.</param>
/// <param name="Expected">How many are usual at this hour of the week.</param>
/// <param name="ExpectedAtMost">In 19 of 20 such hours it is no more.</param>
public sealed record Alert(string Kind, string Name, string? Language, DateTimeOffset Since, long LastHour, double Expected, long ExpectedAtMost)
{
    public const string IntentKind = "intent";
    public const string WordKind = "word";

    /// <summary>Conversations about it since it was noticed and in the hour before.</summary>
    public long Total { get; init; }

    /// <summary>Words that stand out in what is written about an intent.</summary>
    public ImmutableArray<string> Words { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Some of the conversations, newest last.</summary>
    public ImmutableArray<string> Conversations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>In one sentence.</summary>
    public string Sentence => FormattableString.Invariant(
        $"{Kind} '{Name}'{(Language is null ? "" : $" ({Language})")}: {LastHour} in the last hour where {Expected:0.#} are usual (at most {ExpectedAtMost}), since {Since:HH:mm}{(Words.IsEmpty ? "" : $"; often with {string.Join(", ", Words)}")}");
}
