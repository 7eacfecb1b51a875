using System.Text.Unicode;
using CsvHelper;

namespace CustomerService.Language;

/// <summary>
/// Reads examples from anybody's CSV: UTF-8, with a header line; separated by comma, semicolon, tab or bar; quoted as in RFC 4180.
/// Every error is an <see cref="InvalidDataException"/> that names the file, the line and what to do. Blank lines are passed over.
/// </summary>
public static class LabeledTextCsv
{
    private static readonly CsvReaderOptions Options = new()
    {
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>Reads a file. A missing file is a <see cref="FileNotFoundException"/> that names it.</summary>
    public static IReadOnlyList<LabeledText> Read(string path, string textColumn, string labelColumn)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path, textColumn, labelColumn);
    }

    /// <summary>Reads a stream; <paramref name="file"/> stands in errors. Column names match without regard to case.</summary>
    public static IReadOnlyList<LabeledText> Read(Stream stream, string file, string textColumn, string labelColumn)
    {
        using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            csv.ReadHeader();
            var columns = csv.Headers.Select(name => name.Trim()).ToArray();
            if (columns.Length == 0)
                throw Bad(1, "the file is empty; it needs a header line with the columns' names");
            var (text, label) = (ColumnOf(textColumn), ColumnOf(labelColumn));

            var examples = new List<LabeledText>();
            while (csv.Read())
                examples.Add(new LabeledText(Field(text), Field(label).Trim()));
            return examples.Count > 0 ? examples : throw Bad(1, "there are no examples after the header line");

            string Field(int column)
            {
                if (!Utf8.IsValid(csv.RawRecord))
                    throw Bad(csv.LineNumber, "not UTF-8; save the file as UTF-8");
                var value = csv.GetString(column);
                return string.IsNullOrWhiteSpace(value)
                    ? throw Bad(csv.LineNumber, $"column '{columns[column]}' is empty; fill it in or take the line out")
                    : value;
            }

            int ColumnOf(string name) => Array.FindIndex(columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) is var found and >= 0
                ? found
                : throw Bad(1, $"there is no column '{name}'; the columns are {string.Join(", ", columns.Select(column => $"'{column}'"))}");
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException(
                $"{file}, line {Math.Max(1, e.LineNumber)}: {e.Message} Put quotes around a field that contains the separator, a quote (written twice) or a line break.", e);
        }

        InvalidDataException Bad(long line, string what) => new($"{file}, line {line}: {what}.");
    }
}
