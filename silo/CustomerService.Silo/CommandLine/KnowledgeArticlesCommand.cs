using System.CommandLine;
using CustomerService.Knowledge;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>knowledge list</c>, <c>show ID</c> and <c>search TEXT</c>.</summary>
internal static class KnowledgeArticlesCommand
{
    public static Command CreateList()
    {
        var content = CommonOptions.Content();
        var system = new WhichSystem();
        var command = new Command("list", "List all articles: drafts, and those not yet or no longer shown, too.") { content };
        command.With(system.Options).SetAction(async (parsed, cancellation) =>
        {
            var articles = KnowledgeCommands.OpenArticles(parsed.GetValue(content)).Articles;
            var (records, closing) = await KnowledgeCommands.OpenRecordsAsync(system, parsed, cancellation);
            await using var end = closing;
            var votes = records is null ? new Dictionary<(string, string), FeedbackCount>() : await records.CountAsync(cancellation);
            var now = TimeProvider.System.GetUtcNow();
            foreach (var article in articles.OrderBy(article => article.Language, StringComparer.Ordinal).ThenBy(article => article.Id, StringComparer.Ordinal))
                Console.WriteLine(Line(article, votes.GetValueOrDefault((article.Id, article.Language)), now));
            Console.WriteLine($"{articles.Length} articles, {articles.Count(article => article.IsPublished(now))} published");
            return 0;
        });
        return command;
    }

    public static Command CreateShow()
    {
        var id = new Argument<string>("ID") { Description = "The article's id, or a source as answers name it: article:return-item@1." };
        var language = KnowledgeCommands.Language();
        var version = new Option<int?>("--version") { Description = "A former version, as answers cited it. Default: the present one.", HelpName = "N" };
        var content = CommonOptions.Content();
        var system = new WhichSystem();
        var command = new Command("show", "Show an article, as it is or as it was.") { id, language, version, content };
        command.With(system.Options).SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(id);
            var wanted = new ArticleSourceId(name, parsed.GetValue(language)!, parsed.GetValue(version) ?? 0);
            // A source that is copied from an answer names its version.
            if (ArticleSourceId.TryParse(name, out var source))
                wanted = source with { Version = parsed.GetValue(version) ?? (name.Contains('@', StringComparison.Ordinal) ? source.Version : 0) };
            var (records, closing) = await KnowledgeCommands.OpenRecordsAsync(system, parsed, cancellation);
            await using var end = closing;
            await ShowAsync(wanted, KnowledgeCommands.OpenArticles(parsed.GetValue(content)), records, cancellation);
            return 0;
        });
        return command;
    }

    public static Command CreateSearch()
    {
        var text = new Argument<string>("TEXT") { Description = "A question, as a customer asks it." };
        var language = KnowledgeCommands.Language();
        var intent = new Option<string?>("--intent") { Description = "What the message is understood to want.", HelpName = "NAME" };
        var content = CommonOptions.Content();
        var command = new Command("search", "Show what a question finds.") { text, language, intent, content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var query = new KnowledgeQuery(parsed.GetRequiredValue(text), parsed.GetValue(intent), parsed.GetValue(language)!, IncludeInternal: true);
            var result = await KnowledgeCommands.OpenArticles(parsed.GetValue(content)).SearchAsync(query, cancellation);
            Console.WriteLine($"confidence {result.Confidence:0.00}{(result.IsRefused ? $": below {KnowledgeResult.LeastConfidence}, so not answered from" : "")}");
            foreach (var hit in result.Hits)
                Console.WriteLine($"{hit.Score:0.00}  {hit.Citation.Source}{(hit.Article.Internal ? " (internal)" : "")}  {hit.Article.Title}{(hit.Citation.Heading is { } heading ? $" › {heading}" : "")}\n      {hit.Sentence}");
            return 0;
        });
        return command;
    }

    private static string Line(Article article, FeedbackCount votes, DateTimeOffset now)
    {
        var state = article.IsDraft ? "draft"
            : article.PublishAt > now ? $"from {article.PublishAt:yyyy-MM-dd HH:mm zzz}"
            : article.ExpireAt <= now ? $"expired {article.ExpireAt:yyyy-MM-dd HH:mm zzz}"
            : "published";
        var audience = article.Internal ? "agents" : article.Tiers.IsEmpty ? "everyone" : string.Join(' ', article.Tiers);
        return $"{article.Language}  {article.Id,-32} v{article.Version,-3} {state,-10} {audience,-10} helped {votes.Helped:0.##}, did not {votes.DidNotHelp:0.##}  {article.Title}";
    }

    private static async ValueTask ShowAsync(ArticleSourceId wanted, KnowledgeIndex index, KnowledgeRecords? records, CancellationToken cancellation)
    {
        var article = index.Articles.FirstOrDefault(article => article.Id == wanted.Id && article.Language == wanted.Language);
        if (article is not null && (wanted.Version == 0 || wanted.Version == article.Version))
        {
            Console.WriteLine($"{article.SourceId}  {article.Hash}  {article.SourceFile}\n{article.Title}\n\n{article.Body}");
            if (wanted.Version == 0)
                return;
        }

        // The same version may have had several texts, where nobody counted it up.
        var former = records is null ? [] : await records.FindAsync(wanted.Id, wanted.Language, cancellation);
        var shown = former.Where(text => text.Source.Version == wanted.Version && text.Hash != article?.Hash).ToList();
        foreach (var text in shown)
            Console.WriteLine($"{text.Source}  {text.Hash}  in use from {text.FirstSeen:yyyy-MM-dd HH:mm}Z\n{text.Title}\n\n{text.Body}\n");
        if (shown.Count == 0 && article?.Version != wanted.Version)
        {
            var known = former.Select(text => text.Source.Version).Append(article?.Version ?? 0).Where(version => version > 0).Distinct().Order().ToList();
            throw new CommandFailedException(known.Count == 0
                ? $"There is no article '{wanted.Id}' in {wanted.Language}. 'knowledge list' shows all."
                : $"There is no version {wanted.Version} of '{wanted.Id}' in {wanted.Language}; known are {string.Join(", ", known)}.");
        }
    }
}
