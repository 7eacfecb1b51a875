using System.Globalization;

namespace CustomerService.AgentConsole.Operations;

/// <summary>Bytes and short times as people read them, the same in each language.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Of(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 999.5 && unit < Units.Length - 1)
            (size, unit) = (size / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(size < 10 && unit > 0 ? size.ToString("0.0", CultureInfo.InvariantCulture) : size.ToString("0", CultureInfo.InvariantCulture))} {Units[unit]}");
    }

    public static string Milliseconds(double milliseconds) => milliseconds switch
    {
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
    };
}
