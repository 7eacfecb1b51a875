using System.Collections.Immutable;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>What an import did. Each line names the file that it is about.</summary>
public sealed record ImportReport(ImmutableArray<string> Added, ImmutableArray<string> Changed, ImmutableArray<string> Unchanged, ImmutableArray<string> Left, ImmutableArray<string> Problems);

/// <summary>
/// Articles from elsewhere into a folder of articles: Markdown, HTML, or a help centre's JSON export. Again with the same source changes
/// nothing; what was edited here since is left; what cannot be read is named and skipped.
/// </summary>
public sealed class ArticleImport
{
    private static readonly string[] Extensions = [".md", ".markdown", ".html", ".htm", ".json"];

    private readonly string _folder;
    private readonly string _language;
    private readonly ImportLedger _ledger;

    /// <param name="folder">The articles' folder; articles in other languages than English go to a folder of that name in it.</param>
    /// <param name="language">Of what does not say it itself.</param>
    /// <exception cref="FormatException">What former imports wrote down in the folder cannot be read.</exception>
    public ArticleImport(string folder, string language) => (_folder, _language, _ledger) = (folder, language, ImportLedger.Open(folder));

    /// <param name="source">A file, or a folder of them.</param>
    /// <param name="overwrite">Whether articles that were edited here are written over.</param>
    public ImportReport Run(string source, bool overwrite = false)
    {
        var files = Directory.Exists(source)
            ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal).ToList()
            : [source];
        var read = ImportSource.Join(files.Select(Read));
        var (added, changed, unchanged, left) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var problems = read.Problems.ToList();
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var article in read.Articles)
        {
            var path = PathOf(article);
            if (!taken.TryAdd(path, article.Place))
            {
                problems.Add($"{article.Place}: the id '{article.Id}' ({article.Language ?? _language}) is already that of {taken[path]}; give one of them another.");
                continue;
            }
            var text = ArticleWriter.Write(article, article.Language ?? _language);
            try
            {
                ArticleFile.Parse(path, text);
            }
            catch (ArticleFormatException error)
            {
                problems.Add($"{article.Place}: it would be no article: {error.Message}");
                continue;
            }
            var list = _ledger.StateOf(path, text) switch
            {
                ImportState.New => added,
                ImportState.Same => unchanged,
                ImportState.EditedHere when !overwrite => left,
                _ => changed,
            };
            list.Add(path);
            if (list == added || list == changed)
                _ledger.Write(path, text);
        }
        _ledger.Save();
        return new ImportReport([.. added], [.. changed], [.. unchanged], [.. left], [.. problems]);
    }

    private static ImportSource Read(string file)
    {
        var name = ImportNames.Id(Path.GetFileNameWithoutExtension(file)) ?? "article-" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Path.GetFileNameWithoutExtension(file)))[..8];
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file));
            return Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".json" => HelpCenterExport.Read(file, text.TrimStart('\uFEFF')),
                ".html" or ".htm" => HtmlArticle.Read(file, text, name),
                _ => MarkdownArticle.Read(file, text, name),
            };
        }
        catch (DecoderFallbackException)
        {
            return ImportSource.Wrong($"{file}: the file is not UTF-8; save it with that encoding.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ImportSource.Wrong($"{file}: it cannot be read ({error.Message.TrimEnd('.')}).");
        }
    }

    private string PathOf(ImportedArticle article)
    {
        var language = article.Language ?? _language;
        return Path.Combine(language == "en" ? _folder : Path.Combine(_folder, language), article.Id + ".md");
    }
}
