using CustomerService.Assistants.Models;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;

namespace CustomerService.Assistants.Responses;

/// <summary>What a model that writes an answer is told: data, apart from its instructions.</summary>
internal static class ModelQuestion
{
    private const int EarlierLines = 6;
    private const int LongestLine = 1_000;

    public static Dictionary<string, object?> Of(RunChat chat, AnswerRequest request) => new()
    {
        ["message"] = Cut(request.Message, chat.MaxMessageCharacters),
        ["conversation"] = Conversation(request.Run.Context),
        ["intent"] = request.Intent,
        ["tone"] = request.Tone,
        ["name"] = request.Name,
        ["identity_proven"] = request.Identity is not null,
        ["language"] = request.Language,
        ["next_steps"] = request.IncludeNextSteps,
        ["sources"] = request.Articles
            .Select(article => new Dictionary<string, object?> { ["id"] = article.SourceId, ["title"] = article.Title, ["text"] = article.Text }).ToList(),
    };

    /// <summary>The last lines, without those in which the customer proved who they are: no vendor needs these.</summary>
    public static List<object?> Conversation(RunContext context) =>
    [
        .. context.History.TakeLast(EarlierLines).Where(line => line.Author != Author.Customer || !CustomerProof.FindIn(line.Text).IsComplete)
            .Select(line => new Dictionary<string, object?> { ["from"] = line.Author == Author.Customer ? "customer" : "us", ["text"] = Cut(line.Text, LongestLine) }),
    ];

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
