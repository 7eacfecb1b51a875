using System.Text;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;
using Npgsql;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>All that is known of a run once it is at rest.</summary>
/// <param name="Deeds">What the clients did and were told.</param>
/// <param name="Journal">Every event, by position.</param>
/// <param name="Leftovers">What is stored and should not be: effects that nobody carried out, parked items.</param>
internal sealed record Evidence(IReadOnlyList<Deed> Deeds, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<string> Leftovers)
{
    /// <summary>Each grain's own events, in its order.</summary>
    public ILookup<GrainId, JournalEntry> OfGrain { get; } = Journal.OrderBy(entry => entry.Sequence).ToLookup(entry => entry.Grain);

    /// <summary>Reads the tables themselves, past every line of the product that might hide something, and all at one instant.</summary>
    public static async Task<Evidence> GatherAsync(History history, string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false"); // None from before a fault.
        await connection.OpenAsync();
        await using var instant = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        return new Evidence(history.Deeds, await JournalAsync(connection), await LeftoversAsync(connection));
    }

    /// <summary>The events of one grain, or of all.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> JournalAsync(NpgsqlConnection connection, GrainId? grain = null)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT position, kind, key, sequence, at, body FROM journal{(grain is null ? "" : " WHERE kind = $1 AND key = $2")} ORDER BY position", connection);
        if (grain is { } one)
            command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = one.Kind }, new() { Value = one.Key } });

        var journal = new List<JournalEntry>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            journal.Add(new JournalEntry(
                rows.GetInt64(0), new GrainId(rows.GetString(1), rows.GetString(2)), rows.GetInt64(3),
                DateTimeOffset.UnixEpoch.AddTicks(rows.GetInt64(4) * TimeSpan.TicksPerMicrosecond),
                GrainFormat.Default.ReadEvent(Encoding.UTF8.GetBytes(rows.GetString(5)))));
        }

        return journal;
    }

    private static async Task<IReadOnlyList<string>> LeftoversAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT 'effect ' || kind || '/' || key || '@' || version || '.' || number || ' of ' || owner || ': ' || left(body, 160) FROM effects
            UNION ALL SELECT 'parked ' || id || ' of ' || kind || '/' || key || ': ' || reason FROM parked
            """, connection);
        var left = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            left.Add(rows.GetString(0));
        return left;
    }
}
