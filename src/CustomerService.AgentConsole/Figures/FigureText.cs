using System.Globalization;

namespace CustomerService.AgentConsole.Figures;

/// <summary>Figures in signs that need no translation; what is not known is a dash.</summary>
internal static class FigureText
{
    private const string Unknown = "–";

    /// <summary>Thousands apart by a thin space, which no language takes for a decimal point.</summary>
    public static string Number(int value) => value.ToString("#,0", Apart);

    public static string Percent(double? share) => share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part * 100:0} %") : Unknown;

    /// <summary>Such as <c>0.8 s</c>, <c>45 s</c>, <c>3.5 min</c>, <c>1:20 h</c> or <c>3 d 4 h</c>.</summary>
    public static string Length(double? seconds) => seconds switch
    {
        null => Unknown,
        < 10 and var few => string.Create(CultureInfo.InvariantCulture, $"{few:0.0} s"),
        < 60 and var some => string.Create(CultureInfo.InvariantCulture, $"{some:0} s"),
        < 600 and var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:0.0} min"),
        < 3_600 and var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:0} min"),
        < 86_400 and var hours => string.Create(CultureInfo.InvariantCulture, $"{(int)(hours / 3_600)}:{(int)(hours / 60) % 60:00} h"),
        { } days => string.Create(CultureInfo.InvariantCulture, $"{(int)(days / 86_400)} d {(int)(days / 3_600) % 24} h"),
    };

    public static string Mark(double? mean) => mean is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) : Unknown;

    public static string Signed(double? value) => value is { } given ? given.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>By how much it changed, in percent of what it was; null: nobody can say.</summary>
    public static string? Change(double? now, double? before) => now is { } value && before is { } was && was != 0
        ? ((value - was) / Math.Abs(was) * 100).ToString("+0;−0;0", CultureInfo.InvariantCulture) + " %"
        : null;

    private static readonly NumberFormatInfo Apart = new() { NumberGroupSeparator = "\u202f" };
}
