using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Replay;

/// <summary>One message to send. Its key follows from its place and text, so sending the same file again sends the same messages.</summary>
internal sealed record ReplayMessage(string Key, string Text);

/// <summary>Reads the messages of a CSV file.</summary>
internal static class ReplayFile
{
    /// <exception cref="CommandFailedException">The file can't be read, has no such column, or a row is broken.</exception>
    public static IReadOnlyList<ReplayMessage> Read(string path, string column, int? limit)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectColumnCountChanges = true });
            if (!csv.Read() || !csv.ReadHeader())
                throw new CommandFailedException($"{path}: the file is empty; a header line with the column '{column}' is needed.", SiloCommandLine.WrongUse);
            if (!csv.HeaderRecord!.Contains(column))
                throw new CommandFailedException($"{path}: there is no column '{column}'; it has {string.Join(", ", csv.HeaderRecord!)}. Name one with --column.", SiloCommandLine.WrongUse);

            var messages = new List<ReplayMessage>();
            while (csv.Read() && (limit is null || messages.Count < limit))
            {
                var text = csv.GetField(column) ?? "";
                if (string.IsNullOrWhiteSpace(text))
                    throw new CommandFailedException($"{path}, line {csv.Parser.RawRow}: column '{column}' is empty.");
                messages.Add(new ReplayMessage(Key(messages.Count, text), text));
            }

            return messages;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path}: {fault.Message}", SiloCommandLine.WrongUse);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException($"{path}: this is not UTF-8 text. Convert it first.", SiloCommandLine.WrongUse);
        }
        catch (CsvHelperException fault)
        {
            throw new CommandFailedException($"{path}, line {fault.Context?.Parser?.RawRow}: this row does not fit the header. Quote texts that hold commas.");
        }
    }

    private static string Key(int row, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(CultureInfo.InvariantCulture, $"replay-{row + 1}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }
}
