using System.Globalization;

namespace CustomerService.Gateway.Waiting;

/// <summary>An estimated wait as people say it: no more exact than it can be, so that it doesn't change with every second.</summary>
internal static class WaitWords
{
    private const double LongestInMinutes = 90;
    private const double LongestInHours = 8;

    /// <param name="likely">Seconds that it takes as likely as not.</param>
    /// <param name="atMost">Seconds that it takes at most, nine times in ten.</param>
    public static string Of(double likely, double atMost)
    {
        var (low, high) = (Rounded(likely / 60), Rounded(Math.Max(likely, atMost) / 60));
        return (low, high) switch
        {
            ( < 1, < 1) or (_, 0) => "less than a minute",
            ( < 1, _) => $"up to {Words(high)}",
            ( > LongestInHours * 60, _) => $"more than {LongestInHours} hours",
            (_, > LongestInHours * 60) => $"{Words(low)} or longer",
            _ when low >= high => $"about {Words(low)}",
            _ when high <= LongestInMinutes => $"about {Number(low)} to {Minutes(high)}",
            _ when low > LongestInMinutes => $"about {Number(low / 60)} to {Hours(high)}",
            _ => $"about {Minutes(low)} to {Hours(high)}",
        };
    }

    /// <summary>To whole minutes, fewer of them the longer it takes.</summary>
    private static double Rounded(double minutes)
    {
        var step = minutes switch { < 10 => 1, < 30 => 5, <= LongestInMinutes => 10, _ => 30 };
        return Math.Round(minutes / step, MidpointRounding.AwayFromZero) * step;
    }

    private static string Words(double minutes) => minutes <= LongestInMinutes ? Minutes(minutes) : Hours(minutes);

    private static string Minutes(double minutes) => minutes == 1 ? "1 minute" : $"{Number(minutes)} minutes";

    private static string Hours(double minutes) => $"{Number(minutes / 60)} hours";

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
