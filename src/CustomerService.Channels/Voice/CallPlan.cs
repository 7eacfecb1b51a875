using System.Collections.Immutable;

namespace CustomerService.Channels.Voice;

/// <summary>How callers are received, whoever the provider is.</summary>
/// <param name="Languages">What is spoken, in the order of the keys that choose it; at least one.</param>
/// <param name="ByNumber">What callers speak whose numbers begin so.</param>
/// <param name="Agents">Agents' telephones, in E.164, by their ids. Who has none answers from the console, and is read out.</param>
/// <param name="HoldMusic">Played while callers wait; null: silence.</param>
/// <param name="WrittenDown">The languages in which messages after the tone are written down.</param>
/// <param name="CallbackFrom">From which likely wait on callers are offered to be called back; zero: always, even where nobody knows how long it takes.</param>
public sealed record CallPlan(
    ImmutableArray<SpokenLanguage> Languages,
    ImmutableArray<(string Prefix, string Language)> ByNumber,
    ImmutableDictionary<string, string> Agents,
    Uri? HoldMusic,
    ImmutableArray<string> WrittenDown,
    TimeSpan CallbackFrom)
{
    public static TimeSpan UsualCallbackFrom { get; } = TimeSpan.FromMinutes(2);

    internal SpokenLanguage Spoken(string language) => Languages.FirstOrDefault(each => each.Language == language) ?? Languages[0];

    /// <param name="asked">What the provider or the address of a step says; counts where it is spoken here.</param>
    /// <param name="caller">In E.164; null: withheld.</param>
    internal string LanguageFor(string? asked, string? caller) => Languages.Any(each => each.Language == asked) ? asked! : LanguageOf(caller);

    internal string LanguageOf(string? caller) => CallerLanguages.Of(caller, ByNumber, [.. Languages.Select(each => each.Language)]);

    public bool Equals(CallPlan? other) => other is not null && (HoldMusic, CallbackFrom) == (other.HoldMusic, other.CallbackFrom)
        && Languages.SequenceEqual(other.Languages) && ByNumber.SequenceEqual(other.ByNumber) && WrittenDown.SequenceEqual(other.WrittenDown)
        && Agents.Count == other.Agents.Count && !Agents.Except(other.Agents).Any();

    public override int GetHashCode() => HashCode.Combine(HoldMusic, CallbackFrom, Languages.Length, Agents.Count);
}

/// <param name="Language">ISO 639-1.</param>
/// <param name="Locale">As speech is recognised and said, such as <c>es-MX</c>.</param>
/// <param name="Voice">The provider's name of a voice; null: its usual one.</param>
/// <param name="Greeting">The first words of a call.</param>
public sealed record SpokenLanguage(string Language, string Locale, string? Voice, string Greeting);
