using Npgsql;

namespace CustomerService.Knowledge;

/// <summary>
/// The vectors in PostgreSQL, so that a text is sent to the model once for all processes. Where the server has the extension <c>vector</c> (pgvector) it
/// compares them; elsewhere they are plain arrays and a statement computes the cosines, exact and slower.
/// </summary>
internal sealed class PostgreSqlVectorStore : IVectorStore
{
    private readonly NpgsqlDataSource _database;
    private readonly string _model;

    private PostgreSqlVectorStore(NpgsqlDataSource database, string model, bool hasExtension) => (_database, _model, HasExtension) = (database, model, hasExtension);

    /// <summary>Whether pgvector compares the vectors.</summary>
    internal bool HasExtension { get; }

    /// <param name="model">Vectors of different models have nothing to do with each other.</param>
    internal static PostgreSqlVectorStore Open(NpgsqlDataSource database, string model)
    {
        var hasExtension = true;
        try
        {
            using var extension = database.CreateCommand("CREATE EXTENSION IF NOT EXISTS vector");
            extension.ExecuteNonQuery();
        }
        catch (PostgresException)
        {
            // The server does not have it, or this user may not make it.
            hasExtension = false;
        }
        using var table = database.CreateCommand(
            """
            CREATE TABLE IF NOT EXISTS knowledge_vectors (model text COLLATE "C" NOT NULL, hash text COLLATE "C" NOT NULL, vector real[] NOT NULL, PRIMARY KEY (model, hash))
            """);
        table.ExecuteNonQuery();
        return new PostgreSqlVectorStore(database, model, hasExtension);
    }

    public async ValueTask<IReadOnlySet<string>> MissingAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("SELECT wanted FROM unnest($2) AS wanted WHERE NOT EXISTS (SELECT 1 FROM knowledge_vectors WHERE model = $1 AND hash = wanted)");
        command.Parameters.AddWithValue(_model);
        command.Parameters.AddWithValue(hashes.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            missing.Add(reader.GetString(0));
        return missing;
    }

    public async ValueTask KeepAsync(IReadOnlyList<(string Hash, float[] Vector)> vectors, CancellationToken cancellation)
    {
        foreach (var (hash, vector) in vectors)
        {
            await using var command = _database.CreateCommand("INSERT INTO knowledge_vectors (model, hash, vector) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
            command.Parameters.AddWithValue(_model);
            command.Parameters.AddWithValue(hash);
            command.Parameters.AddWithValue(vector);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    public async ValueTask<IReadOnlyList<(string Hash, double Cosine)>> NearestAsync(float[] question, IReadOnlyCollection<string> among, int limit, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(HasExtension
            ? """
              SELECT hash, 1 - (vector::vector <=> $3::vector) AS cosine FROM knowledge_vectors
              WHERE model = $1 AND hash = ANY($2) AND cardinality(vector) = cardinality($3::real[]) ORDER BY cosine DESC, hash LIMIT $4
              """
            : """
              SELECT hash, (SELECT coalesce(sum(a::float8 * b) / nullif(sqrt(sum(a::float8 * a) * sum(b::float8 * b)), 0), 0) FROM unnest(vector, $3::real[]) AS pair (a, b)) AS cosine
              FROM knowledge_vectors WHERE model = $1 AND hash = ANY($2) AND cardinality(vector) = cardinality($3::real[]) ORDER BY cosine DESC, hash LIMIT $4
              """);
        command.Parameters.AddWithValue(_model);
        command.Parameters.AddWithValue(among.ToArray());
        command.Parameters.AddWithValue(question);
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var nearest = new List<(string, double)>();
        while (await reader.ReadAsync(cancellation))
            nearest.Add((reader.GetString(0), reader.GetDouble(1)));
        return nearest;
    }
}
