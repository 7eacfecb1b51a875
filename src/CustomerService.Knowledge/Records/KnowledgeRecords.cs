using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CustomerService.Knowledge;

/// <summary>
/// What is known of articles besides their files, in a database: votes and former texts. In SQLite for a system in one process; the processes of a cluster
/// share PostgreSQL, whose tables come with the database's schema. The statements are the same.
/// </summary>
public sealed class KnowledgeRecords(DbDataSource database, TimeProvider time) : IArticleFeedback, IArticleHistory
{
    private const double AutomaticWeight = 0.25;

    private const string Tables = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS article_votes (
            article text NOT NULL, language text NOT NULL, conversation text NOT NULL,
            helped integer NOT NULL, weight double precision NOT NULL, at bigint NOT NULL,
            PRIMARY KEY (article, language, conversation));
        CREATE TABLE IF NOT EXISTS article_texts (
            article text NOT NULL, language text NOT NULL, version integer NOT NULL, hash text NOT NULL,
            first_seen bigint NOT NULL, title text NOT NULL, body text NOT NULL,
            PRIMARY KEY (article, language, version, hash));
        """;

    /// <summary>The records of a system in one process, made if need be.</summary>
    /// <exception cref="InvalidDataException">The file holds something else, or cannot be written.</exception>
    public static KnowledgeRecords Open(string path, TimeProvider time)
    {
        try
        {
            var database = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 }.ConnectionString);
            using var command = database.CreateCommand(Tables);
            command.ExecuteNonQuery();
            return new KnowledgeRecords(database, time);
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"{path}: the votes on articles cannot be kept there ({fault.Message.TrimEnd('.')}); move the file away, or name a folder that this user can write.", fault);
        }
    }

    public async ValueTask RecordAsync(string articleId, string language, bool helped, string conversationId, CancellationToken cancellation = default) =>
        await VoteAsync(articleId, language, helped, conversationId, 1, "DO UPDATE SET helped = excluded.helped, weight = excluded.weight, at = excluded.at", cancellation);

    public async ValueTask RecordResolutionAsync(string conversationId, IEnumerable<string> sources, bool byAssistant, CancellationToken cancellation = default)
    {
        foreach (var source in sources)
        {
            if (ArticleSourceId.TryParse(source, out var article))
                await VoteAsync(article.Id, article.Language, byAssistant, conversationId, AutomaticWeight, "DO NOTHING", cancellation);
        }
    }

    public async ValueTask<IReadOnlyDictionary<(string ArticleId, string Language), FeedbackCount>> CountAsync(CancellationToken cancellation = default)
    {
        await using var command = Command("""
            SELECT article, language, sum(CASE helped WHEN 1 THEN weight ELSE 0 END), sum(CASE helped WHEN 1 THEN 0 ELSE weight END)
            FROM article_votes GROUP BY article, language
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<(string, string), FeedbackCount>();
        while (await reader.ReadAsync(cancellation))
            counts[(reader.GetString(0), reader.GetString(1))] = new FeedbackCount(reader.GetDouble(2), reader.GetDouble(3));
        return counts;
    }

    public async ValueTask KeepAsync(IEnumerable<Article> articles, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var article in articles)
        {
            await using var command = Of(
                connection.CreateCommand(),
                """
                INSERT INTO article_texts (article, language, version, hash, first_seen, title, body)
                VALUES (@article, @language, @version, @hash, @at, @title, @body) ON CONFLICT DO NOTHING
                """,
                ("article", article.Id), ("language", article.Language), ("version", article.Version), ("hash", article.Hash),
                ("at", Now()), ("title", article.Title), ("body", article.Body.Replace('\0', '\uFFFD')));
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    public async ValueTask<ImmutableArray<FormerText>> FindAsync(string articleId, string language, CancellationToken cancellation = default)
    {
        await using var command = Command(
            "SELECT version, hash, first_seen, title, body FROM article_texts WHERE article = @article AND language = @language ORDER BY first_seen, version",
            ("article", articleId), ("language", language));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var texts = ImmutableArray.CreateBuilder<FormerText>();
        while (await reader.ReadAsync(cancellation))
        {
            texts.Add(new FormerText(
                new ArticleSourceId(articleId, language, reader.GetInt32(0)), reader.GetString(1),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), reader.GetString(3), reader.GetString(4)));
        }
        return texts.DrainToImmutable();
    }

    private async ValueTask VoteAsync(string article, string language, bool helped, string conversation, double weight, string onConflict, CancellationToken cancellation)
    {
        await using var command = Command(
            $"""
            INSERT INTO article_votes (article, language, conversation, helped, weight, at) VALUES (@article, @language, @conversation, @helped, @weight, @at)
            ON CONFLICT (article, language, conversation) {onConflict}
            """,
            ("article", article), ("language", language), ("conversation", conversation), ("helped", helped ? 1 : 0), ("weight", weight), ("at", Now()));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => Of(database.CreateCommand(), sql, parameters);

    private static DbCommand Of(DbCommand command, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
