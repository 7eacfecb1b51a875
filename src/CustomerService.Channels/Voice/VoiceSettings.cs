using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Voice;

/// <summary>A telephone number that customers call.</summary>
/// <param name="Number">Ours, in E.164.</param>
/// <param name="Languages">What is spoken, in the order of the keys that choose it; at least one.</param>
/// <param name="ByNumber">What callers speak whose numbers begin so.</param>
/// <param name="Agents">Agents' telephones, in E.164, by their ids. Who has none answers from the console, and is read out.</param>
/// <param name="HoldMusic">Played while callers wait; null: silence.</param>
/// <param name="Transcribe">Whether Twilio writes messages after the tone down.</param>
public sealed record VoiceSettings(
    string Name,
    TwilioCredentials Credentials,
    string Number,
    Uri Api,
    ImmutableArray<SpokenLanguage> Languages,
    ImmutableArray<(string Prefix, string Language)> ByNumber,
    ImmutableDictionary<string, string> Agents,
    Uri? HoldMusic,
    bool Transcribe) : AccountSettings(Name)
{
    public override string Channel => ChannelNames.Voice;

    public override IChannelAccount Open(AccountParts parts) => new VoiceAccount(this, parts);

    internal SpokenLanguage Spoken(string language) => Languages.FirstOrDefault(each => each.Language == language) ?? Languages[0];

    internal string LanguageOf(string? caller) => CallerLanguages.Of(caller, ByNumber, [.. Languages.Select(each => each.Language)]);

    public bool Equals(VoiceSettings? other) => other is not null && base.Equals(other)
        && (Credentials, Number, Api, HoldMusic, Transcribe) == (other.Credentials, other.Number, other.Api, other.HoldMusic, other.Transcribe)
        && Languages.SequenceEqual(other.Languages) && ByNumber.SequenceEqual(other.ByNumber)
        && Agents.Count == other.Agents.Count && !Agents.Except(other.Agents).Any();

    public override int GetHashCode() => HashCode.Combine(Name, Number, Credentials);
}

/// <param name="Language">ISO 639-1.</param>
/// <param name="Locale">As speech is recognised and said, such as <c>es-MX</c>.</param>
/// <param name="Voice">The provider's name of a voice; null: its usual one.</param>
/// <param name="Greeting">The first words of a call.</param>
public sealed record SpokenLanguage(string Language, string Locale, string? Voice, string Greeting);
