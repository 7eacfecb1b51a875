using System.Globalization;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>An article as a file of ours. The same article gives the same text.</summary>
internal static class ArticleWriter
{
    internal static string Write(ImportedArticle article, string language)
    {
        var text = new StringBuilder("---\n");
        Line("id", Quoted(article.Id));
        Line("title", Quoted(article.Title));
        Line("language", language);
        if (article.Internal)
            Line("internal", "true");
        if (article.IsDraft)
            Line("status", "draft");
        List("intents", article.Intents);
        List("tags", article.Tags);
        List("tiers", article.Tiers);
        if (article.Updated is { } day)
            Line("updated", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return text.Append("---\n").Append(article.Body).Append('\n').ToString();

        void Line(string key, string value) => text.Append(key).Append(": ").Append(value).Append('\n');

        void List(string key, IEnumerable<string> values)
        {
            if (values.Any())
                Line(key, $"[{string.Join(", ", values.Select(Quoted))}]");
        }
    }

    // Quoted always: another system's words may look like anything to YAML.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\');
            if (!char.IsControl(letter))
                quoted.Append(letter);
        }
        return quoted.Append('"').ToString();
    }
}
