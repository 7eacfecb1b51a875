using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerService.Simulation.Traffic;

/// <summary>Times of day as files write them, and lengths of time as people say them.</summary>
internal static partial class DayText
{
    /// <summary>Minutes after midnight of <c>09:30</c>; <c>24:00</c> is the day's end. Null when it is not so written.</summary>
    public static int? TimeOfDay(string text)
    {
        var match = Clock().Match(text.Trim());
        if (!match.Success)
            return null;
        var minutes = (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 60) + int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return minutes <= 1440 ? minutes : null;
    }

    /// <summary>Of <c>08:00-16:30</c>, minutes after midnight; null when it is not so written or ends before it begins.</summary>
    public static DaySpan? Span(string text) =>
        text.Split('-', '–') is [var from, var until] && TimeOfDay(from) is { } begins && TimeOfDay(until) is { } ends && begins < ends
            ? new DaySpan(begins, ends)
            : null;

    /// <summary>Such as <c>45 s</c>, <c>3 min 20 s</c>, <c>1 h 05 min</c>.</summary>
    public static string Short(double seconds)
    {
        if (seconds < 59.5)
            return seconds is < 9.95 and > 0 && Math.Abs(seconds - Math.Round(seconds)) > 0.05
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
                : string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s");
        var whole = (long)Math.Round(seconds);
        if (whole < 3_600)
            return whole % 60 == 0 ? $"{whole / 60} min" : $"{whole / 60} min {whole % 60:00} s";
        var minutes = (long)Math.Round(seconds / 60);
        return minutes % 60 == 0 ? $"{minutes / 60} h" : $"{minutes / 60} h {minutes % 60:00} min";
    }

    [GeneratedRegex(@"^(\d{1,2}):([0-5]\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}

/// <summary>Part of a day, in minutes after local midnight.</summary>
/// <param name="Until">The first minute that is not part of it.</param>
public readonly record struct DaySpan(int From, int Until)
{
    public int Minutes => Until - From;

    public override string ToString() => $"{From / 60:00}:{From % 60:00}-{Until / 60:00}:{Until % 60:00}";
}
