namespace CustomerService.Language;

/// <summary>Reads examples from anybody's CSV; its form and errors are those of <see cref="CsvColumns"/>. A column <c>language</c> is read where there is one.</summary>
public static class LabeledTextCsv
{
    private const string Language = "language";

    /// <summary>Reads a file. A missing file is a <see cref="FileNotFoundException"/> that names it.</summary>
    public static IReadOnlyList<LabeledText> Read(string path, string textColumn, string labelColumn)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path, textColumn, labelColumn);
    }

    /// <summary>Reads a stream; <paramref name="file"/> stands in errors.</summary>
    public static IReadOnlyList<LabeledText> Read(Stream stream, string file, string textColumn, string labelColumn) =>
        [.. CsvColumns.ReadWithOptional(stream, file, Language, textColumn, labelColumn).Select(row => new LabeledText(row[0], row[1].Trim(), row[2].Trim()))];
}
