using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Reviews;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Quality;

namespace CustomerService.Reporting.Figures;

// Reviews of the work in cases, kept beside them.
public sealed partial class CaseTables : IReviewList
{
    public ValueTask<ImmutableArray<ReviewRow>> SinceAsync(DateTimeOffset from, CancellationToken cancellation = default) =>
        ReviewsAsync("at >= @from ORDER BY at DESC, conversation, reviewer LIMIT 500", ("from", from.UtcTicks), cancellation);

    public ValueTask<ImmutableArray<ReviewRow>> OfAgentAsync(string agentId, CancellationToken cancellation = default) =>
        ReviewsAsync("agent = @agent AND told = 1 ORDER BY at DESC, conversation, reviewer LIMIT 100", ("agent", agentId), cancellation);

    public async ValueTask<ImmutableDictionary<string, AgentMark>> MarksSinceAsync(DateTimeOffset from, CancellationToken cancellation = default) =>
        AgentMark.ByAgent((await ReviewsAsync("at >= @from AND told = 1", ("from", from.UtcTicks), cancellation)).Select(row => row.Review));

    public async ValueTask<long> PositionAsync(CancellationToken cancellation = default) => (await ReadStateAsync(cancellation)).Position;

    /// <summary>The reviews of a conversation, by their reviewers.</summary>
    internal async ValueTask<Dictionary<string, Review>> ReviewsOfAsync(string conversation, CancellationToken cancellation) =>
        (await ReviewsAsync("conversation = @id", ("id", conversation), cancellation)).ToDictionary(row => row.Review.ReviewerId, row => row.Review);

    private static async ValueTask PutAsync(DbConnection connection, ReviewRow row, CancellationToken cancellation) => await connection.ExecuteAsync(
        """
        INSERT INTO figures_reviews (conversation, reviewer, agent, told, at, body) VALUES (@conversation, @reviewer, @agent, @told, @at, @body)
        ON CONFLICT (conversation, reviewer) DO UPDATE SET agent = excluded.agent, told = excluded.told, at = excluded.at, body = excluded.body
        """,
        [
            ("conversation", row.ConversationId), ("reviewer", row.Review.ReviewerId), ("agent", row.Review.AgentId), ("told", row.Review.Calibration ? 0 : 1), ("at", row.Review.At.UtcTicks),
            ("body", JsonSerializer.Serialize(row.Review, GrainsJson.Default.Review)),
        ],
        cancellation);

    private async ValueTask<ImmutableArray<ReviewRow>> ReviewsAsync(string condition, (string Name, object? Value) parameter, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = connection.Command($"SELECT conversation, body FROM figures_reviews WHERE {condition}", parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = ImmutableArray.CreateBuilder<ReviewRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new ReviewRow(reader.GetString(0), JsonSerializer.Deserialize(reader.GetString(1), GrainsJson.Default.Review)!));
        return rows.ToImmutable();
    }
}
