using System.Globalization;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Lengths of time as settings write them: <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>7d</c>, <c>1h30m</c>; a bare number is seconds.</summary>
public static class Durations
{
    /// <summary>Ten years: longer than anything that a settings file can mean.</summary>
    public const double LongestSeconds = 3650.0 * 24 * 3600;

    private static readonly (string Unit, double Seconds)[] Units = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1), ("ms", 0.001)];

    public static bool TryRead(string text, out TimeSpan length)
    {
        length = default;
        var (seconds, at, parts) = (0d, 0, 0);
        while (at < text.Length)
        {
            var number = Run(text, ref at, c => char.IsAsciiDigit(c) || c == '.');
            Run(text, ref at, c => c == ' ');
            var unit = Run(text, ref at, char.IsAsciiLetter);
            Run(text, ref at, c => c == ' ');
            var factor = unit.Length == 0 && parts == 0 && at == text.Length ? 1 : Array.Find(Units, known => known.Unit == unit).Seconds;
            if (factor == 0 || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return false;
            seconds += value * factor;
            parts++;
        }

        if (parts == 0 || !(seconds <= LongestSeconds))
            return false;
        length = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>As short as it can be written: 5400 seconds are <c>1h30m</c>.</summary>
    public static string Write(double seconds)
    {
        var text = "";
        var left = (decimal)Math.Round(Math.Clamp(seconds, 0, LongestSeconds), 3);
        foreach (var (unit, factor) in Units[..3])
        {
            var whole = Math.Floor(left / (decimal)factor);
            left -= whole * (decimal)factor;
            if (whole > 0)
                text += string.Create(CultureInfo.InvariantCulture, $"{whole}{unit}");
        }

        return left > 0 || text.Length == 0 ? text + string.Create(CultureInfo.InvariantCulture, $"{left:0.###}s") : text;
    }

    private static string Run(string text, ref int at, Func<char, bool> belongs)
    {
        var begin = at;
        while (at < text.Length && belongs(text[at]))
            at++;
        return text[begin..at];
    }
}
