using CustomerService.Grains.Turns;
using SQLitePCL;

namespace CustomerService.Runtime.Stores.Sqlite;

/// <summary>What each write does to the tables, inside the writer's transaction.</summary>
internal sealed class SqliteWriteStatements : IDisposable
{
    private const long Unknown = -1;

    private readonly List<SqliteStatement> all = [];
    private readonly SqliteStatement insertGrain, updateGrain, lastPosition, insertEvent;
    private readonly SqliteStatement insertEffect, deleteEffect, putAlarm, forgetAlarm, deleteAlarm, putEntry, deleteEntry, park, unpark;
    private readonly SqliteStatement emptyJournal, deleteGrain, disownEvents, deleteEffects, deleteAlarms, deleteEntries;
    private long position = Unknown;

    public SqliteWriteStatements(sqlite3 connection, SqliteFaults faults)
    {
        SqliteStatement Prepare(string sql)
        {
            var statement = new SqliteStatement(connection, faults, sql);
            all.Add(statement);
            return statement;
        }

        insertGrain = Prepare("INSERT INTO grains (state_version, journal_sequence, state, kind, key, version) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING");
        updateGrain = Prepare("UPDATE grains SET version = version + 1, state_version = ?, journal_sequence = ?, state = ? WHERE kind = ? AND key = ? AND version = ?");
        lastPosition = Prepare("SELECT coalesce(max(position), 0) FROM journal");
        insertEvent = Prepare("INSERT INTO journal (position, kind, key, sequence, at, body) VALUES (?, ?, ?, ?, ?, ?)");
        insertEffect = Prepare("INSERT INTO effects (kind, key, version, number, body) VALUES (?, ?, ?, ?, ?)");
        deleteEffect = Prepare("DELETE FROM effects WHERE kind = ? AND key = ? AND version = ? AND number = ?");
        putAlarm = Prepare("INSERT OR REPLACE INTO alarms (kind, key, name, due, version, body) VALUES (?, ?, ?, ?, ?, ?)");
        forgetAlarm = Prepare("DELETE FROM alarms WHERE kind = ? AND key = ? AND name = ?");
        deleteAlarm = Prepare("DELETE FROM alarms WHERE kind = ? AND key = ? AND name = ? AND version = ?");
        putEntry = Prepare("INSERT OR REPLACE INTO entries (kind, key, entry, payload) VALUES (?, ?, ?, ?)");
        deleteEntry = Prepare("DELETE FROM entries WHERE kind = ? AND key = ? AND entry = ?");
        emptyJournal = Prepare("UPDATE journal SET body = ? WHERE kind = ? AND key = ? AND sequence <= ?");
        deleteGrain = Prepare("DELETE FROM grains WHERE kind = ? AND key = ? AND version = ?");
        disownEvents = Prepare("UPDATE journal SET body = ?, sequence = position, kind = ?, key = ? WHERE kind = ? AND key = ?");
        deleteEffects = Prepare("DELETE FROM effects WHERE kind = ? AND key = ?");
        deleteAlarms = Prepare("DELETE FROM alarms WHERE kind = ? AND key = ?");
        deleteEntries = Prepare("DELETE FROM entries WHERE kind = ? AND key = ?");
        park = Prepare("INSERT OR REPLACE INTO parked (id, kind, key, at, reason, body) VALUES (?, ?, ?, ?, ?, ?)");
        unpark = Prepare("DELETE FROM parked WHERE id = ?");
    }

    /// <summary>Forgets what a transaction counted that is rolled back.</summary>
    public void Forget()
    {
        foreach (var statement in all)
            statement.Reset();
        position = Unknown;
    }

    public void Apply(StoreWrite write)
    {
        switch (write)
        {
            case CommitWrite commit:
                commit.Decide(Apply(commit.Commit));
                break;
            case FinishEffectWrite { Effect: var effect }:
                deleteEffect.Bind(effect.Source).Bind(effect.Version).Bind(effect.Number).Run();
                break;
            case FinishAlarmWrite { Alarm: var alarm }:
                deleteAlarm.Bind(alarm.Grain).Bind(alarm.Name).Bind(alarm.Version).Run();
                break;
            case ParkWrite { Item: var item }:
                park.Bind(item.Id).Bind(item.Grain).Bind(StoredTime.Of(item.At)).Bind(item.Reason).Bind(item.Body.Span).Run();
                break;
            case UnparkWrite { Id: var id }:
                unpark.Bind(id).Run();
                break;
        }
    }

    public void Dispose() => all.ForEach(statement => statement.Dispose());

    private CommitOutcome Apply(GrainCommit commit)
    {
        // The version check comes first, so that a commit that loses has written nothing and the others of its group go on.
        if (commit.Erases == Erasure.Grain)
            return Erase(commit);
        if (WriteState(commit) == 0)
            return CommitOutcome.Conflict;

        if (commit.Erases == Erasure.Journal)
            emptyJournal.Bind(ErasedEvents.Body.Span).Bind(commit.Grain).Bind(commit.JournalSequence).Run();
        if (position == Unknown && !commit.Events.IsEmpty)
            position = ReadLastPosition();
        var first = commit.Events.IsEmpty ? 0 : position + 1;
        var sequence = commit.JournalSequence;
        foreach (var body in commit.Events)
            insertEvent.Bind(++position).Bind(commit.Grain).Bind(++sequence).Bind(StoredTime.Of(commit.At)).Bind(body).Run();
        for (var number = 0; number < commit.Effects.Length; number++)
            insertEffect.Bind(commit.Grain).Bind(commit.NewVersion).Bind(number).Bind(commit.Effects[number]).Run();
        foreach (var alarm in commit.Alarms)
        {
            if (alarm.Body is null)
                forgetAlarm.Bind(commit.Grain).Bind(alarm.Name).Run();
            else
                putAlarm.Bind(commit.Grain).Bind(alarm.Name).Bind(StoredTime.Of(alarm.Due)).Bind(commit.NewVersion).Bind(alarm.Body).Run();
        }

        foreach (var entry in commit.Entries)
        {
            if (entry.Payload is null)
                deleteEntry.Bind(commit.Grain).Bind(entry.Key).Run();
            else
                putEntry.Bind(commit.Grain).Bind(entry.Key).Bind(entry.Payload).Run();
        }

        return CommitOutcome.Committed(first);
    }

    private CommitOutcome Erase(GrainCommit commit)
    {
        if (deleteGrain.Bind(commit.Grain).Bind(commit.ExpectedVersion).Run() == 0)
            return CommitOutcome.Conflict;

        disownEvents.Bind(ErasedEvents.Body.Span).Bind(ErasedEvents.Grain).Bind(commit.Grain).Run();
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[deleteEffects, deleteAlarms, deleteEntries])
            statement.Bind(commit.Grain).Run();
        return CommitOutcome.Committed(0);
    }

    private long ReadLastPosition()
    {
        lastPosition.Next();
        var last = lastPosition.Integer(0);
        lastPosition.Reset();
        return last;
    }

    private int WriteState(GrainCommit commit)
    {
        var statement = commit.ExpectedVersion == 0 ? insertGrain : updateGrain;
        statement.Bind(commit.StateVersion).Bind(commit.JournalSequence + commit.Events.Length).Bind(commit.State.Span).Bind(commit.Grain);
        if (commit.ExpectedVersion != 0)
            statement.Bind(commit.ExpectedVersion);
        return statement.Run();
    }
}
