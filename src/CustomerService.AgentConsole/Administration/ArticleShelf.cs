using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CustomerService.Knowledge;

namespace CustomerService.AgentConsole.Administration;

/// <summary>An article in one language, and its file.</summary>
/// <param name="Path">Relative to the content folder.</param>
public sealed record ShelvedArticle(string Path, Article Article);

/// <summary>An article with what there is of it in each language.</summary>
/// <param name="Title">In the first language that there is.</param>
/// <param name="ByLanguage">A language that is missing has none.</param>
public sealed record ArticleRow(string Id, string Title, bool IsInternal, ImmutableSortedDictionary<string, ShelvedArticle> ByLanguage);

/// <summary>How an article stands in one language.</summary>
public enum ArticleStanding
{
    Missing,
    Draft,

    /// <summary>Published later, or over.</summary>
    NotNow,

    /// <summary>Another language has a higher version: that one was changed, and this one was not.</summary>
    Behind,
    Published,
}

/// <summary>All articles, as whoever writes them sees them: by id, in each language.</summary>
public static partial class ArticleShelf
{
    /// <summary>The articles' rows by title; files that are no usable article are left out, their own page tells why.</summary>
    public static ImmutableArray<ArticleRow> Rows(IEnumerable<ShelvedArticle> articles) =>
    [
        .. from article in articles
           group article by article.Article.Id into same
           let byLanguage = same.DistinctBy(each => each.Article.Language).ToImmutableSortedDictionary(each => each.Article.Language, each => each, StringComparer.Ordinal)
           let first = byLanguage.GetValueOrDefault("en") ?? byLanguage.Values.First()
           orderby first.Article.Title
           select new ArticleRow(same.Key, first.Article.Title, first.Article.Internal, byLanguage),
    ];

    /// <summary>The languages that there are articles in, the one with most first.</summary>
    public static ImmutableArray<string> Languages(IEnumerable<ArticleRow> rows) =>
        [.. rows.SelectMany(row => row.ByLanguage.Keys).CountBy(language => language).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Key)];

    public static ArticleStanding Standing(ArticleRow row, string language, DateTimeOffset now) => row.ByLanguage.GetValueOrDefault(language)?.Article switch
    {
        null => ArticleStanding.Missing,
        { IsDraft: true } => ArticleStanding.Draft,
        var article when !article.IsPublished(now) => ArticleStanding.NotNow,
        var article when row.ByLanguage.Values.Any(other => other.Article.Version > article.Version) => ArticleStanding.Behind,
        _ => ArticleStanding.Published,
    };

    /// <summary>Where the same article would be in another language: beside the others of that language.</summary>
    public static string PathIn(ArticleRow row, string language)
    {
        var known = row.ByLanguage.Values.First();
        var parts = known.Path.Split('/')[1..];
        var below = parts is [{ Length: 2 } first, .. var rest] && first == known.Article.Language ? rest : parts;
        return string.Join('/', ["knowledge", .. language == "en" ? below : [language, .. below]]);
    }

    /// <summary>A file's name for a new article of that title.</summary>
    public static string NewPath(string title, string language)
    {
        var name = NotInNames().Replace(title.ToLowerInvariant(), "-").Trim('-');
        return string.Join('/', ["knowledge", .. language == "en" ? Array.Empty<string>() : [language], $"{(name.Length == 0 ? "article" : name.Length > 60 ? name[..60].TrimEnd('-') : name)}.md"]);
    }

    /// <summary>The same text as a draft, or published; nothing else of it changes.</summary>
    public static string WithDraft(string text, bool isDraft)
    {
        var end = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        if (end < 0)
            return text;
        var (front, body) = (text[..end], text[end..]);
        front = StatusLine().Replace(front, "");
        return isDraft ? $"{front}\nstatus: draft{body}" : front + body;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();

    [GeneratedRegex(@"\r?\nstatus:[^\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex StatusLine();
}
