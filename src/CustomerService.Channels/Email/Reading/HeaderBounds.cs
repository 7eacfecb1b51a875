using MimeKit;

namespace CustomerService.Channels.Email.Reading;

/// <summary>
/// Keeps headers that no mail program writes from the parser: joining the lines of one, and telling the addresses of a list apart that are none, takes the square of
/// its length, so a mail of some megabytes would take hours.
/// </summary>
internal static class HeaderBounds
{
    /// <summary>The longest header that is read, in bytes: a thousand addresses.</summary>
    public const int Longest = 65_536;

    /// <summary>The longest list of addresses of one name that is read, in bytes.</summary>
    private const int LongestList = 16_384;

    private const int LongestName = 100;

    private static readonly HashSet<HeaderId> Lists =
        [HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Cc, HeaderId.Bcc, HeaderId.ResentFrom, HeaderId.ResentSender, HeaderId.ResentReplyTo, HeaderId.ResentTo, HeaderId.ResentCc, HeaderId.ResentBcc];

    /// <summary>What is too long, be it over the mail or over a part of it; null: nothing.</summary>
    public static string? Fault(ReadOnlySpan<byte> mail)
    {
        var (name, length) = ("", 0);
        while (!mail.IsEmpty)
        {
            var end = mail.IndexOf((byte)'\n') is >= 0 and var found ? found + 1 : mail.Length;
            if (mail[0] is not ((byte)' ' or (byte)'\t'))
                (name, length) = (NameOf(mail[..end]), 0);
            length += end;
            if (name.Length > 0 && length > Longest)
                return $"its header {name} is longer than {Longest / 1024} KB";
            mail = mail[end..];
        }

        return null;
    }

    /// <summary>Lists are for people and for threads, and one that long is for neither.</summary>
    public static void LeaveOutLongLists(HeaderList headers)
    {
        foreach (var list in headers.Where(header => Lists.Contains(header.Id)).GroupBy(header => header.Id).ToArray())
        {
            if (list.Sum(header => (long)header.RawValue.Length) > LongestList)
                headers.RemoveAll(list.Key);
        }
    }

    private static string NameOf(ReadOnlySpan<byte> line)
    {
        var colon = line[..Math.Min(line.Length, LongestName)].IndexOf((byte)':');
        if (colon <= 0)
            return "";
        foreach (var character in line[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'-' or (byte)'_'))
                return "";
        }

        return System.Text.Encoding.ASCII.GetString(line[..colon]);
    }
}
