using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;

namespace CustomerService.Assistants.Responses;

/// <summary>Answers that a chat model writes from public articles. It has to cite them; it knows no records and can do nothing.</summary>
internal static class ModelAnswers
{
    private const int LongestAnswer = 4_000;
    private const int EarlierLines = 6;

    /// <summary>The answer, or null with the reason.</summary>
    public static async ValueTask<(ComposedAnswer? Answer, StructuredReply<ModelAnswer> Reply)> AnswerAsync(
        GuardedChat chat, AnswerRequest request, CancellationToken cancellation)
    {
        var reply = await StructuredChat.AskAsync(chat, Prompt.Answer, Question(chat, request), json => Read(json, request.Articles), cancellation);
        if (reply.Value is not { Text: { } text } written)
            return (null, reply.Value is null ? reply : reply with { Fault = $"{chat.Name}: the articles don't answer it" });
        var cited = request.Articles.Where(article => written.Sources.Contains(article.Id)).ToList();
        var answer = new ComposedAnswer(
            text, written.Actions, [.. cited.Select(article => article.SourceId)], [.. cited.SelectMany(Says)], [.. cited.SelectMany(article => article.Intents).Distinct()])
        {
            FollowUpRequired = written.FollowUpRequired,
            Model = reply.Use,
            Note = $"{chat.Name}, prompt {Prompt.Answer}",
        };
        return (answer, reply);
    }

    private static IEnumerable<string> Says(ArticleSource article) => [article.Title, article.Text];

    private static Dictionary<string, object?> Question(GuardedChat chat, AnswerRequest request) => new()
    {
        ["message"] = Cut(request.Message, chat.MaxMessageCharacters),
        ["conversation"] = Conversation(request.Run.Context),
        ["intent"] = request.Intent,
        ["tone"] = request.Tone,
        ["name"] = request.Name,
        ["language"] = request.Language,
        ["next_steps"] = request.IncludeNextSteps,
        ["sources"] = request.Articles
            .Select(article => new Dictionary<string, object?> { ["id"] = article.Id, ["title"] = article.Title, ["text"] = article.Text }).ToList(),
    };

    /// <summary>The last lines, without those in which the customer proved who they are: no vendor needs these.</summary>
    public static List<object?> Conversation(RunContext context) =>
    [
        .. context.History.TakeLast(EarlierLines).Where(line => line.Author != Author.Customer || !CustomerProof.FindIn(line.Text).IsComplete)
            .Select(line => new Dictionary<string, object?> { ["from"] = line.Author == Author.Customer ? "customer" : "us", ["text"] = line.Text }),
    ];

    private static ModelAnswer Read(JsonElement json, ImmutableArray<ArticleSource> articles)
    {
        if (!json.TryGetProperty("answer", out var answer) || answer.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            throw new FormatException("the field 'answer' must be a text or null.");
        var text = answer.GetString()?.Trim();
        if (string.IsNullOrEmpty(text))
            return new ModelAnswer(null, [], [], false);
        if (text.Length > LongestAnswer)
            throw new FormatException($"'answer' is longer than {LongestAnswer} characters.");
        var sources = Texts(json, "sources");
        if (sources.IsEmpty)
            throw new FormatException("'sources' must name at least one source.");
        if (sources.FirstOrDefault(id => !articles.Any(article => article.Id == id)) is { } unknown)
            throw new FormatException($"there is no source '{Cut(unknown, 60)}'.");
        var followUp = json.TryGetProperty("follow_up_required", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new ModelAnswer(text, sources, [.. Texts(json, "suggested_actions").Where(action => action.Length <= 80).Take(3)], followUp);
    }

    private static ImmutableArray<string> Texts(JsonElement json, string field) =>
        json.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <param name="Text">Null: the articles do not answer the question.</param>
internal sealed record ModelAnswer(string? Text, ImmutableArray<string> Sources, ImmutableArray<string> Actions, bool FollowUpRequired);
