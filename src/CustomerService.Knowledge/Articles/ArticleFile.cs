using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>Turns a Markdown file with front matter into an <see cref="Article"/>.</summary>
public static class ArticleFile
{
    /// <summary>The longest article accepted, in bytes: a longer one is several articles.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArticleFormatException">The file is not a usable article.</exception>
    public static Article Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length > MaxBytes)
            throw new ArticleFormatException(path, 1, $"the article has {bytes.Length:N0} bytes, more than {MaxBytes:N0}; split it into several articles.");
        try
        {
            return Parse(path, StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes.AsSpan(0, Math.Max(0, error.Index)).Count((byte)'\n');
            throw new ArticleFormatException(path, line, "the file is not UTF-8; save it with that encoding.");
        }
    }

    /// <param name="path">Names the article in errors, and gives its id where the front matter does not.</param>
    /// <param name="text">The whole file.</param>
    /// <exception cref="ArticleFormatException">The text is not a usable article.</exception>
    public static Article Parse(string path, string text)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var (yaml, body, bodyLine) = Split(path, text);
        var front = FrontMatter.Parse(path, yaml);
        var content = ArticleText.From(body);
        if (content.PlainText.Length == 0)
            throw new ArticleFormatException(path, bodyLine, "the article has no text; write it below the closing '---'.");

        return new Article(
            front.Id ?? System.IO.Path.GetFileNameWithoutExtension(path),
            front.Title,
            front.Language,
            front.Internal,
            front.Intents,
            front.Tags,
            body.Trim(),
            content.PlainText,
            content.Steps,
            front.Updated,
            path)
        {
            Tiers = front.Tiers,
            Sections = content.Sections,
            IsDraft = front.IsDraft,
            PublishAt = front.PublishAt,
            ExpireAt = front.ExpireAt,
            Version = front.Version,
            Hash = Hash(front.Title, body.Trim()),
        };
    }

    private static string Hash(string title, string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title + "\n" + body)))[..12];

    private static (string Yaml, string Body, int BodyLine) Split(string path, string text)
    {
        var lines = text.Split('\n');
        if (lines[0].TrimEnd() != "---")
            throw new ArticleFormatException(path, 1, "an article starts with front matter; begin the file with '---', 'title: …', '---'.");
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0)
            throw new ArticleFormatException(path, 1, "the front matter never ends; close it with a line '---'.");
        return (string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..]), end + 2);
    }
}
