using CustomerService.Silo.Crm;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>
/// A feed's position in the database. Should a process that has lost the duty unawares write an older one, what was sent since is sent again
/// under the same keys.
/// </summary>
internal sealed class SharedFeedPosition(NpgsqlDataSource database, string destination) : IFeedPosition
{
    /// <summary>Enough to alarm anybody; counting on would only load the database.</summary>
    private const int MostCounted = 100_000;

    private long _behind;
    private long _value;
    private long _kept;

    public long Value => Interlocked.Read(ref _value);

    public async ValueTask LoadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT position FROM positions WHERE destination = $1");
        command.Parameters.AddWithValue(destination);
        _kept = await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
        MoveTo(_kept);
    }

    public long Behind(long newest) => newest <= Value ? 0 : Interlocked.Read(ref _behind);

    public async ValueTask CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT count(*) FROM (SELECT FROM journal WHERE position > $1 LIMIT {MostCounted}) AS ahead");
        command.Parameters.AddWithValue(Value);
        Interlocked.Exchange(ref _behind, (long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    public void MoveTo(long position) => Interlocked.Exchange(ref _value, position);

    public async ValueTask KeepAsync(CancellationToken cancellation)
    {
        var value = Value;
        if (value == _kept)
            return;
        await using var command = database.CreateCommand(
            "INSERT INTO positions (destination, position) VALUES ($1, $2) ON CONFLICT (destination) DO UPDATE SET position = excluded.position");
        command.Parameters.AddWithValue(destination);
        command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(cancellation);
        _kept = value;
    }
}
