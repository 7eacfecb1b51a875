using System.Collections.Concurrent;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Parked;
using Microsoft.Data.Sqlite;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>Grains in one SQLite file of a directory that this process alone holds.</summary>
public sealed class SqliteStore : IGrainStore
{
    /// <summary>The database's file name within its directory.</summary>
    public const string FileName = "customerservice.db";

    // page_size counts only before the file's first table. A checkpoint copies pages back after about 32 MB of log. What is deleted or overwritten is zeroed, so that
    // erasing leaves nothing to be read from the file with other tools.
    internal const string WriterPragmas =
        "PRAGMA busy_timeout = 5000; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON;";

    private const int MaxReaders = 4;

    private readonly string file;
    private readonly SqliteFaults faults;
    private readonly bool readOnly;
    private readonly DirectoryLock? held;
    private readonly SqliteConnection? writing;
    private readonly SqliteWriter? writer;
    private readonly ConcurrentBag<SqliteReader> readers = [];
    private readonly SemaphoreSlim reading = new(MaxReaders);
    private int disposed;

    private SqliteStore(string directory, bool readOnly)
    {
        file = Path.Combine(directory, FileName);
        faults = new SqliteFaults(file);
        this.readOnly = readOnly;
        try
        {
            held = readOnly ? null : DirectoryLock.Take(directory);
            var connection = Connect(readOnly);
            SqliteSchema.Ensure(connection, file, mayCreate: !readOnly);
            if (readOnly)
            {
                readers.Add(new SqliteReader(connection, faults));
                return;
            }

            writing = connection;
            writer = new SqliteWriter(connection.Handle!, faults);
        }
        catch (Exception fault)
        {
            writing?.Dispose();
            held?.Dispose();
            if (fault is SqliteException or SqliteFault)
                throw faults.WhileOpening(fault);
            throw;
        }
    }

    /// <summary>How many transactions were committed since it was opened.</summary>
    internal long Transactions => writer?.Transactions ?? 0;

    /// <summary>Opens the store of a directory, making both where they do not exist yet.</summary>
    /// <exception cref="StoreOpenException">Another process holds it, or it can't be used; the message says what to do.</exception>
    public static SqliteStore Open(string directory) => new(directory, readOnly: false);

    /// <summary>Opens the store of a directory to read it, also while another process runs on it. It never writes.</summary>
    /// <exception cref="StoreOpenException">There is none, or it can't be read; the message says what to do.</exception>
    public static IGrainReader OpenForReading(string directory)
    {
        var file = Path.Combine(directory, FileName);
        return File.Exists(file)
            ? new SqliteStore(directory, readOnly: true)
            : throw new StoreOpenException($"{directory} holds no {FileName}: name the directory of a system that has run, with --data.");
    }

    public ValueTask<CommitOutcome> CommitAsync(GrainCommit commit) => new(Write(new CommitWrite(commit)));

    public Task FinishAsync(EffectId effect) => Write(new FinishEffectWrite(effect));

    public Task FinishAsync(StoredAlarm alarm) => Write(new FinishAlarmWrite(alarm));

    public Task ParkAsync(ParkedItem item) => Write(new ParkWrite(item));

    public Task UnparkAsync(string id) => Write(new UnparkWrite(id));

    public Task FlushAsync() => Write(new FlushWrite());

    public ValueTask<StoredGrain?> LoadAsync(GrainId id, bool withEntries, CancellationToken cancellation = default) =>
        ReadAsync(reader => reader.Load(id, withEntries), cancellation);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(reader => reader.Journal(grain, afterSequence, limit), cancellation);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(reader => reader.Journal(afterPosition, limit), cancellation);

    public async ValueTask<IReadOnlyList<StoredEffect>> ReadEffectsAsync(EffectId? after, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(reader => reader.Effects(after, limit), cancellation);

    public async ValueTask<IReadOnlyList<StoredAlarm>> ReadAlarmsAsync(DateTimeOffset dueBy, StoredAlarm? after, int limit, CancellationToken cancellation = default) =>
        await ReadAsync(reader => reader.Alarms(dueBy, after, limit), cancellation);

    public ValueTask<DateTimeOffset?> NextAlarmAsync(DateTimeOffset after, CancellationToken cancellation = default) =>
        ReadAsync(reader => reader.NextAlarm(after), cancellation);

    public async ValueTask<IReadOnlyList<ParkedItem>> ReadParkedAsync(int limit, CancellationToken cancellation = default) =>
        await ReadAsync(reader => reader.Parked(limit), cancellation);

    public ValueTask<ParkedItem?> FindParkedAsync(string id, CancellationToken cancellation = default) =>
        ReadAsync(reader => reader.FindParked(id), cancellation);

    public ValueTask<StoreCounts> CountAsync(DateTimeOffset dueBy, CancellationToken cancellation = default) =>
        ReadAsync(reader => reader.Count(dueBy), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;

        // The writer ends after all that waits; its thread must not be waited for on the caller's.
        if (writer is not null)
            await Task.Run(writer.Dispose);
        for (var reader = 0; reader < MaxReaders; reader++)
            await reading.WaitAsync();
        while (readers.TryTake(out var idle))
            idle.Dispose();
        writing?.Dispose();
        held?.Dispose();
        reading.Dispose();
    }

    /// <summary>Writes nothing more, as a killed process would; what waits to be written is lost.</summary>
    internal void Abandon() => writer!.Abandon();

    /// <summary>Lets the file grow no further, as a full disk does; 0 lifts it.</summary>
    internal void LimitPages(long pages) => SqliteSchema.Execute(writing!, $"PRAGMA max_page_count = {(pages == 0 ? 4294967294 : pages)}");

    /// <summary>How long a write waits for another program's lock.</summary>
    internal void WaitForLocks(TimeSpan time) => SqliteSchema.Execute(writing!, $"PRAGMA busy_timeout = {(long)time.TotalMilliseconds}");

    private Task<CommitOutcome> Write(StoreWrite write) => writer is not null
        ? writer.Add(write)
        : throw new InvalidOperationException($"{file} was opened for reading only.");

    private async ValueTask<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        if (Volatile.Read(ref disposed) != 0)
            throw StoreRefusal.Closed();
        await reading.WaitAsync(cancellation);
        SqliteReader? reader = null;
        try
        {
            if (!readers.TryTake(out reader))
                reader = new SqliteReader(Connect(readOnly: true), faults);
            var result = read(reader);
            readers.Add(reader);
            return result;
        }
        catch (Exception fault) when (fault is SqliteFault or SqliteException)
        {
            // A reader that failed is not used again: its statements may be half bound.
            reader?.Dispose();
            throw fault is SqliteFault known ? known.ToUnavailable() : new StoreUnavailableException(faults.WhileOpening(fault).Message, fault);
        }
        finally
        {
            reading.Release();
        }
    }

    private SqliteConnection Connect(bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            SqliteSchema.Execute(connection, readOnly ? "PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 268435456;" : WriterPragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
