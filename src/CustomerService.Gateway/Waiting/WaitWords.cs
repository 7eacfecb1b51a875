using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Gateway.Waiting;

/// <summary>An estimated wait as people say it, in five languages: no more exact than it can be, so that it doesn't change with every second.</summary>
internal static class WaitWords
{
    private const double LongestInMinutes = 90;
    private const double LongestInHours = 8;

    private static readonly FrozenDictionary<string, Wording> Wordings = new Dictionary<string, Wording>
    {
        ["en"] = new("less than a minute", "up to {0}", "more than {0}", "{0} or longer", "about {0}", "about {0} to {1}", "1 minute", "{0} minutes", "{0} hours"),
        ["es"] = new("menos de un minuto", "hasta {0}", "más de {0}", "{0} o más", "unos {0}", "entre {0} y {1}", "1 minuto", "{0} minutos", "{0} horas")
        {
            About1 = "alrededor de 1 minuto",
            AboutHours = "unas {0}",
            Comma = ',',
        },
        ["fr"] = new("moins d’une minute", "jusqu’à {0}", "plus de {0}", "{0} ou plus", "environ {0}", "de {0} à {1} environ", "1 minute", "{0} minutes", "{0} heures") { Comma = ',' },
        ["de"] = new("weniger als eine Minute", "bis zu {0}", "mehr als {0}", "{0} oder länger", "etwa {0}", "etwa {0} bis {1}", "1 Minute", "{0} Minuten", "{0} Stunden") { Comma = ',' },
        ["ja"] = new("1分未満", "最大{0}", "{0}以上", "{0}またはそれ以上", "約{0}", "約{0}～{1}", "1分", "{0}分", "{0}時間"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="likely">Seconds that it takes as likely as not.</param>
    /// <param name="atMost">Seconds that it takes at most, nine times in ten.</param>
    /// <param name="language">ISO 639-1; English for one that is not spoken here.</param>
    public static string Of(double likely, double atMost, string language = "en")
    {
        var words = Wordings.GetValueOrDefault(language) ?? Wordings["en"];
        var (low, high) = (Rounded(likely / 60), Rounded(Math.Max(likely, atMost) / 60));
        return (low, high) switch
        {
            ( < 1, < 1) or (_, 0) => words.Soon,
            ( < 1, _) => Wording.Say(words.UpTo, words.Time(high)),
            ( > LongestInHours * 60, _) => Wording.Say(words.MoreThan, words.Hours(LongestInHours * 60)),
            (_, > LongestInHours * 60) => Wording.Say(words.OrLonger, words.Time(low)),
            _ when low >= high => words.About(low),
            _ when high <= LongestInMinutes => Wording.Say(words.Between, words.Number(low), words.Minutes(high)),
            _ when low > LongestInMinutes => Wording.Say(words.Between, words.Number(low / 60), words.Hours(high)),
            _ => Wording.Say(words.Between, words.Minutes(low), words.Hours(high)),
        };
    }

    /// <summary>To whole minutes, fewer of them the longer it takes.</summary>
    private static double Rounded(double minutes)
    {
        var step = minutes switch { < 10 => 1, < 30 => 5, <= LongestInMinutes => 10, _ => 30 };
        return Math.Round(minutes / step, MidpointRounding.AwayFromZero) * step;
    }

    private sealed record Wording(
        string Soon, string UpTo, string MoreThan, string OrLonger, string AboutMinutes, string Between, string OneMinute, string ManyMinutes, string ManyHours)
    {
        /// <summary>Where one minute is said otherwise than several.</summary>
        public string? About1 { get; init; }

        /// <summary>Where hours have another gender than minutes.</summary>
        public string? AboutHours { get; init; }

        public char Comma { get; init; } = '.';

        public string About(double minutes) => minutes == 1 && About1 is not null ? About1
            : Say(minutes > LongestInMinutes ? AboutHours ?? AboutMinutes : AboutMinutes, Time(minutes));

        public string Time(double minutes) => minutes <= LongestInMinutes ? Minutes(minutes) : Hours(minutes);

        public string Minutes(double minutes) => minutes == 1 ? OneMinute : Say(ManyMinutes, Number(minutes));

        public string Hours(double minutes) => Say(ManyHours, Number(minutes / 60));

        public string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture).Replace('.', Comma);

        public static string Say(string pattern, params ReadOnlySpan<object?> parts) => string.Format(CultureInfo.InvariantCulture, pattern, parts);
    }
}
