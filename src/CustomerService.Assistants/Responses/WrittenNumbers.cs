using System.Globalization;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// How a language writes numbers with two decimals. The forms are the owner's data and no culture's: the program runs without any culture
/// data, and reads the same on every machine.
/// </summary>
internal sealed class WrittenNumbers
{
    private readonly NumberFormatInfo _form;

    private WrittenNumbers(string thousands, string decimals) => _form = new NumberFormatInfo { NumberGroupSeparator = thousands, NumberDecimalSeparator = decimals };

    public static WrittenNumbers English { get; } = new(",", ".");

    /// <summary>As in an example: 1234.50 as the language writes it, such as <c>1.234,50</c> or <c>1234,50</c>.</summary>
    /// <exception cref="FormatException">It is another number, or its separators can't be told apart.</exception>
    public static WrittenNumbers Like(string example)
    {
        var digits = string.Concat(example.Where(char.IsAsciiDigit));
        var (two, four, five) = (example.IndexOf('2', StringComparison.Ordinal), example.IndexOf('4', StringComparison.Ordinal), example.IndexOf('5', StringComparison.Ordinal));
        if (digits != "123450" || example[0] != '1' || example[^1] != '0' || four - two != 2)
            throw new FormatException($"'{example}' is not the number 1234.50 as the language writes it; write it like 1,234.50 or 1.234,50.");
        var (thousands, decimals) = (example[1..two], example[(four + 1)..five]);
        if (decimals.Length != 1 || thousands.Length > 1 || thousands == decimals)
            throw new FormatException($"'{example}' does not tell thousands from decimals; write it like 1,234.50 or 1.234,50.");
        return new(thousands, decimals);
    }

    public string Write(decimal number) => number.ToString("#,0.00", _form);
}
