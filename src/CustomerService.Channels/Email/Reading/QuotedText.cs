using System.Text.RegularExpressions;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Finds what a mail's writer says in it themselves: without the mail that they answer, and without their signature.</summary>
internal static partial class QuotedText
{
    private const int LongestLine = 400;
    private const int LongestSignature = 20;

    /// <summary>Whether a subject says that the mail passes on another one, which is its content then.</summary>
    public static bool IsForward(string? subject) => subject is not null && Forward().IsMatch(subject);

    /// <summary>What is theirs; all of it where nothing would be left, since what is quoted is the message then.</summary>
    public static string Cut(string text, bool forward)
    {
        var lines = text.Split('\n');
        var own = WithoutSignature(forward ? lines : WithoutQuotes(lines));
        var cut = string.Join('\n', own).Trim();
        return cut.Length == 0 ? text : Gaps().Replace(cut, "\n\n");
    }

    private static string[] WithoutQuotes(string[] lines)
    {
        var own = new List<string>(lines.Length);
        var lastQuoted = Array.FindLastIndex(lines, IsQuoted);
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (IsQuoted(line))
                continue;
            if (Forwarded().IsMatch(Short(line)))
                return [.. own, .. lines[at..]];
            if (Divider().IsMatch(Short(line)) || IsHeaderBlock(lines, at))
                break;
            if (AttributionLength(lines, at) is not (> 0 and var length))
            {
                own.Add(line);
                continue;
            }

            // Where quoted lines follow, answers may stand between them; where none do, all the rest is quoted.
            if (lastQuoted < at + length)
                break;
            at += length - 1;
        }

        while (own.Count > 0 && (own[^1].Trim().Length == 0 || Rule().IsMatch(Short(own[^1]))))
            own.RemoveAt(own.Count - 1);
        return [.. own];
    }

    private static bool IsQuoted(string line) => line.AsSpan().TrimStart().StartsWith(">");

    /// <summary>How many lines “On … wrote:” takes here, as mail programs wrap it; 0: none.</summary>
    private static int AttributionLength(string[] lines, int at)
    {
        if (!AttributionStart().IsMatch(Short(lines[at])))
            return 0;
        var joined = "";
        for (var length = 1; length <= 4 && at + length <= lines.Length; length++)
        {
            joined = $"{joined} {Short(lines[at + length - 1]).Trim()}".TrimStart();
            if (joined.Length > LongestLine)
                return 0;
            if (Attribution().IsMatch(joined))
                return length;
        }

        return 0;
    }

    /// <summary>Outlook's “From: … Sent: … To: … Subject: …”.</summary>
    private static bool IsHeaderBlock(string[] lines, int at)
    {
        if (!HeaderFrom().IsMatch(Short(lines[at])))
            return false;
        var next = lines.Skip(at + 1).Where(line => line.Trim().Length > 0).Take(5).Select(Short).ToArray();
        return next.Any(line => HeaderDate().IsMatch(line)) && next.Any(line => HeaderSubject().IsMatch(line));
    }

    private static string[] WithoutSignature(string[] lines)
    {
        var end = lines.Length;
        for (var at = 1; at < lines.Length; at++)
        {
            if (lines[at] is "-- " || (lines[at].TrimEnd() is "--" or "—" && lines.Length - at <= LongestSignature))
            {
                end = at;
                break;
            }
        }

        while (end > 0 && (lines[end - 1].Trim().Length == 0 || Mobile().IsMatch(Short(lines[end - 1]))))
            end--;
        return lines[..end];
    }

    private static string Short(string line) => line.Length <= LongestLine ? line : line[..LongestLine];

    [GeneratedRegex(@"^\s*(fwd?|wg|tr|rv|i|転送)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forward();

    [GeneratedRegex(@"^\s*-{3,}\s*(Forwarded message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|転送メッセージ|Forwarded Message)\s*-{3,}|^Begin forwarded message:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"^\s*-{2,}\s*(Original Message|Original-Nachricht|Originalnachricht|Ursprüngliche Nachricht|Message d['’]origine|Message original|Mensaje original|元のメッセージ|Original Appointment)\s*-{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*(On|Am|Le|El|Em|Il|Op)\s|^\s*\d{4}年|さん|<[^<>\s]{1,200}@|のメール", RegexOptions.CultureInvariant)]
    private static partial Regex AttributionStart();

    [GeneratedRegex(
        @"^((On\s[^\n]*\b(wrote|writes)|Am\s[^\n]*\bschrieb(\s[^\n]*)?|Le\s[^\n]*\ba\sécrit|El\s[^\n]*\bescribió|Em\s[^\n]*\bescreveu|Il\s[^\n]*\bha\sscritto|Op\s[^\n]*\bschreef(\s[^\n]*)?|[^\n]*<[^<>\s]{1,200}@[^<>\s]{1,200}>\s*(wrote|schrieb|a\sécrit|escribió)[^\n]{0,40})\s?[:：]|\d{4}年[^\n]*([:：]|書きました|のメール)[^\n]{0,10}|[^\n]*さん(は|が)?書きました\s?[:：]?)\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"^\s*\*?(From|Von|De|差出人|送信者)\s?\*?\s?[:：]\s?\*?\s?\S", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderFrom();

    [GeneratedRegex(@"^\s*\*?(Sent|Date|Gesendet|Datum|Envoyé|Enviado( el)?|Fecha|送信日時|日付)\s?\*?\s?[:：]", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderDate();

    [GeneratedRegex(@"^\s*\*?(Subject|Betreff|Objet|Asunto|件名)\s?\*?\s?[:：]", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderSubject();

    [GeneratedRegex(@"^\s*(_{5,}|-{5,}|={5,})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"^\s*(Sent from (my|Outlook|Mail|Yahoo|Samsung|Proton)|Sent with |Get Outlook for|Gesendet (von|mit)|Von meinem \S+ gesendet|Diese Nachricht wurde von meinem|Envoyé (de|depuis|à partir)|Télécharger Outlook|Enviado (desde|de) (mi|Outlook|Yahoo)|Obtener Outlook|\S{2,20}から送信)[^\n]{0,80}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Gaps();

}
