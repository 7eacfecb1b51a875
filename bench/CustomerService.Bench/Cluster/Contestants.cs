using CustomerService.Bench.Database;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Cluster;

/// <summary>Who keeps messages, each in its own way.</summary>
internal static partial class Contestants
{
    public const string OneMachine = "in-process host, SQLite";
    public const string InProcess = "in-process host, PostgreSQL";
    public const string OneSilo = "one silo, PostgreSQL";
    public const string Unbatched = "one silo, groups of one";
    public const string Stock = "bare grain, stock storage";
    public const string StockWithKey = "… with the unique key";
    public const string StockTuned = "… and tuned connections";

    /// <param name="stockScript">Orleans' own script for its storage; null for ours, which makes the same.</param>
    public static IReadOnlyList<Contestant> All(string? stockScript)
    {
        var all = new List<Contestant>
        {
            new(OneMachine, _ => OnSqliteAsync(), UsesDatabase: false),
            new(InProcess, database => OnPostgreSqlAsync(InProcessPlace.StartAsync, database)),
        };
        AddSilos(all, stockScript);
        return all;
    }

    static partial void AddSilos(List<Contestant> all, string? stockScript);

    private static async Task<IMessageKeeper> OnPostgreSqlAsync(StartPlace start, BenchDatabase database, int maxGroup = WriteQueue.MaxGroup)
    {
        await PostgreSqlDatabase.MigrateAsync(database.ConnectionString);
        return await GrainKeeper.StartAsync(() => start(async owner => await PostgreSqlStore.OpenAsync(database.ConnectionString, owner, maxGroup), _ => [new HandsOver()]));
    }

    private static async Task<IMessageKeeper> OnSqliteAsync()
    {
        var folder = new TemporaryFolder();
        return await GrainKeeper.StartAsync(() => InProcessPlace.StartAsync(SqliteStore.Open(folder.Path), _ => [new HandsOver()]), folder);
    }
}
