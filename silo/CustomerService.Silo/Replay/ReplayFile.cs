using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Language;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Replay;

/// <summary>One message to send. Its key follows from its place and text, so sending the same file again sends the same messages.</summary>
internal sealed record ReplayMessage(string Key, string Text);

/// <summary>Reads the messages of a CSV file.</summary>
internal static class ReplayFile
{
    /// <exception cref="CommandFailedException">The file can't be read, has no such column, or a row is broken.</exception>
    public static IReadOnlyList<ReplayMessage> Read(string path, string column, int limit)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return [.. CsvColumns.Read(stream, path, column).Take(limit).Select((row, index) => new ReplayMessage(Key(index, row[0]), row[0]))];
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(fault.Message, SiloCommandLine.WrongUse);
        }
    }

    private static string Key(int row, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(CultureInfo.InvariantCulture, $"replay-{row + 1}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }
}
