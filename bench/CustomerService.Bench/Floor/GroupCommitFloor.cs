using System.Diagnostics;
using CustomerService.Bench.Running;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using Microsoft.Data.Sqlite;

namespace CustomerService.Bench.Floor;

/// <summary>
/// The least that durability costs: the same number of transactions with the same number of rows of the same sizes, in bare
/// SQLite with the same settings. One thread, prepared statements, rows known by number; no JSON, no keys, no indexes.
/// </summary>
internal static class GroupCommitFloor
{
    public static TimeSpan Run(WriteVolume volume, long transactions)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "floor.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        SqliteSchema.Execute(connection, SqliteStore.WriterPragmas);

        var faults = new SqliteFaults(file);
        using var begin = new SqliteStatement(connection.Handle!, faults, "BEGIN IMMEDIATE");
        using var commit = new SqliteStatement(connection.Handle!, faults, "COMMIT");
        using var grains = new FloorTable(connection, faults, "grains", volume.Grains);
        using var journal = new FloorTable(connection, faults, "journal", volume.Journal);
        using var effects = new FloorTable(connection, faults, "effects", volume.Effects);
        using var entries = new FloorTable(connection, faults, "entries", volume.Entries);

        var clock = Stopwatch.StartNew();
        for (long done = 1; done <= transactions; done++)
        {
            var share = (double)done / transactions;
            begin.Run();
            grains.WriteUpTo(share);
            journal.WriteUpTo(share);
            effects.WriteUpTo(share);
            entries.WriteUpTo(share);
            commit.Run();
        }

        return clock.Elapsed;
    }
}
