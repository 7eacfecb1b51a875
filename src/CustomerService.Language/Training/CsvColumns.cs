using System.Text.Unicode;
using CsvHelper;

namespace CustomerService.Language;

/// <summary>
/// Reads some columns of anybody's CSV: UTF-8, with a header line; separated by comma, semicolon, tab or bar; quoted as in RFC 4180.
/// Every error is an <see cref="InvalidDataException"/> that names the file, the line and what to do. Blank lines are passed over.
/// </summary>
public static class CsvColumns
{
    private static readonly CsvReaderOptions Options = new()
    {
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>The rows' values in the order in which the columns are asked for; each has a value. Column names match without regard to case.</summary>
    /// <param name="file">How errors name the stream.</param>
    public static IReadOnlyList<string[]> Read(Stream stream, string file, params ReadOnlySpan<string> columns) => ReadWithOptional(stream, file, null, columns);

    /// <summary>As the other, and then the value of a column that may be missing or empty.</summary>
    internal static IReadOnlyList<string[]> ReadWithOptional(Stream stream, string file, string? optional, params ReadOnlySpan<string> columns)
    {
        using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            csv.ReadHeader();
            var headers = csv.Headers.Select(name => name.Trim()).ToArray();
            if (headers.Length == 0)
                throw Bad(1, "the file is empty; it needs a header line with the columns' names");
            var places = new int[columns.Length];
            for (var column = 0; column < columns.Length; column++)
                places[column] = PlaceOf(columns[column]);

            var last = Array.FindIndex(headers, header => header.Equals(optional, StringComparison.OrdinalIgnoreCase));
            var rows = new List<string[]>();
            while (csv.Read())
                rows.Add(optional is null ? Array.ConvertAll(places, Field) : [.. places.Select(Field), last < 0 ? "" : csv.GetString(last) ?? ""]);
            return rows.Count > 0 ? rows : throw Bad(1, "there are no rows after the header line");

            string Field(int place)
            {
                if (!Utf8.IsValid(csv.RawRecord))
                    throw Bad(csv.LineNumber, "not UTF-8; save the file as UTF-8");
                var value = csv.GetString(place);
                return string.IsNullOrWhiteSpace(value)
                    ? throw Bad(csv.LineNumber, $"column '{headers[place]}' is empty; fill it in or take the line out")
                    : value;
            }

            int PlaceOf(string name) => Array.FindIndex(headers, header => header.Equals(name, StringComparison.OrdinalIgnoreCase)) is var found and >= 0
                ? found
                : throw Bad(1, $"there is no column '{name}'; the columns are {string.Join(", ", headers.Select(header => $"'{header}'"))}");
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException(
                $"{file}, line {Math.Max(1, e.LineNumber)}: {e.Message} Put quotes around a field that contains the separator, a quote (written twice) or a line break.", e);
        }

        InvalidDataException Bad(long line, string what) => new($"{file}, line {line}: {what}.");
    }
}
