using System.Collections.Immutable;
using CustomerService.Knowledge;

namespace CustomerService.AgentConsole.Administration;

/// <summary>What customers asked and no article answered. The composition's, as the page needs it.</summary>
public interface IUnansweredQuestions
{
    /// <summary>Grouped into articles to write, the most wanted first. It reads the whole journal.</summary>
    /// <param name="least">How many questions a group has at least.</param>
    /// <returns>Null: articles are searched in other processes, so this one can't tell.</returns>
    ValueTask<ImmutableArray<KnowledgeGap>?> GroupsAsync(int least, CancellationToken cancellation = default);
}
