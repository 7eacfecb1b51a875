using System.Text;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Makes a mail's HTML harmless, so that reading it runs nothing, loads nothing from anywhere and tells nobody that it was read.</summary>
internal static class SafeHtml
{
    private const int Longest = 2_000_000;

    /// <summary>The browser shall obey it too, whatever got through.</summary>
    private const string Head = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head><body>";

    /// <summary>A page of these parts of a mail; null where it is more than anybody would read.</summary>
    public static string? Of(IReadOnlyList<(string Text, bool IsHtml)> parts)
    {
        if (parts.Sum(part => (long)part.Text.Length) > Longest)
            return null;
        var page = new StringBuilder(Head);
        foreach (var (text, isHtml) in parts)
        {
            if ((isHtml ? TidyHtml.Of(text) : $"<pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>") is not { } part)
                return null;
            page.Append(part);
        }

        return page.Append("</body></html>").ToString();
    }
}
