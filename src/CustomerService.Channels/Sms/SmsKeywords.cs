using System.Collections.Immutable;

namespace CustomerService.Channels.Sms;

/// <summary>
/// Messages of one word that carriers and laws give a meaning: STOP, START and HELP, in five languages. They are data, so that an owner can follow
/// what is agreed with a carrier. A text that is null is not sent: Twilio answers these words by itself in many countries.
/// </summary>
public sealed record SmsKeywords(ImmutableArray<string> Stop, ImmutableArray<string> Start, ImmutableArray<string> Help)
{
    public static SmsKeywords Usual { get; } = new(
        Stop: ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE", "PARAR", "BAJA", "ARRET", "ARRÊT", "STOPP", "ABMELDEN", "停止", "配信停止", "ストップ"],
        Start: ["START", "UNSTOP", "ALTA", "REANUDAR", "REPRENDRE", "ANMELDEN", "再開", "配信再開"],
        Help: ["HELP", "INFO", "AYUDA", "AIDE", "HILFE", "ヘルプ"]);

    public string? StopText { get; init; }

    public string? StartText { get; init; }

    public string? HelpText { get; init; }

    /// <summary>What a message is for, where it is one of the words and nothing else.</summary>
    /// <param name="decided">What Twilio found it to be (<c>OptOutType</c>), and has answered; empty: nothing.</param>
    public SmsKeyword Find(string text, string decided)
    {
        var word = Plain(text);
        return decided.ToUpperInvariant() switch
        {
            "STOP" => SmsKeyword.Stop,
            "START" => SmsKeyword.Start,
            "HELP" => SmsKeyword.Help,
            _ when Has(Stop, word) => SmsKeyword.Stop,
            _ when Has(Start, word) => SmsKeyword.Start,
            _ when Has(Help, word) => SmsKeyword.Help,
            // Twilio lets them in again after a YES, which may as well answer a question of ours.
            _ when word == "YES" => SmsKeyword.Yes,
            _ => SmsKeyword.None,
        };
    }

    public string? TextFor(SmsKeyword keyword) => keyword switch
    {
        SmsKeyword.Stop => StopText,
        SmsKeyword.Start => StartText,
        SmsKeyword.Help => HelpText,
        _ => null,
    };

    private static bool Has(ImmutableArray<string> words, string word) => words.Any(each => Plain(each) == word);

    /// <summary>In capitals and plain width, without what stands around it: <c>stop!</c> and <c>Ｓｔｏｐ。</c> are STOP.</summary>
    private static string Plain(string text) => text.Length > 100
        ? ""
        : string.Concat(text.Select(Narrow)).Trim().Trim('.', '!', '?', '"', '\'', '。', '「', '」', '«', '»', '“', '”').Trim().ToUpperInvariant();

    /// <summary>Japanese keyboards write Latin letters and signs in full width too.</summary>
    private static char Narrow(char character) => character is >= '！' and <= '～' ? (char)(character - '！' + '!') : character;

    public bool Equals(SmsKeywords? other) => other is not null
        && Stop.SequenceEqual(other.Stop) && Start.SequenceEqual(other.Start) && Help.SequenceEqual(other.Help)
        && (StopText, StartText, HelpText) == (other.StopText, other.StartText, other.HelpText);

    public override int GetHashCode() => HashCode.Combine(Stop.Length, Start.Length, Help.Length, StopText, StartText, HelpText);
}

/// <summary>What a message of one word is for.</summary>
public enum SmsKeyword
{
    None,

    /// <summary>No more messages.</summary>
    Stop,

    /// <summary>Messages again.</summary>
    Start,

    /// <summary>Who is this, and how is it stopped?</summary>
    Help,

    /// <summary>Messages again, perhaps.</summary>
    Yes,
}
