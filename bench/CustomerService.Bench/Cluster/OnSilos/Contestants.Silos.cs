using CustomerService.Bench.Cluster.OnSilos;
using CustomerService.Bench.Silos;

namespace CustomerService.Bench.Cluster;

// Only with Orleans on.
internal static partial class Contestants
{
    // What a small machine likes: few connections, statements prepared once, no reset between two uses.
    private const string Tuned = ";Maximum Pool Size=16;Max Auto Prepare=20;Auto Prepare Min Usages=2;No Reset On Close=true";

    static partial void AddSilos(List<Contestant> all, string? stockScript)
    {
        all.Add(new Contestant(OneSilo, database => OnPostgreSqlAsync(SiloPlace.StartAsync, database)));
        all.Add(new Contestant(Unbatched, database => OnPostgreSqlAsync(SiloPlace.StartAsync, database, maxGroup: 1)));
        all.Add(new Contestant(Stock, database => StockAsync(database.ConnectionString, withUniqueKey: false)));
        all.Add(new Contestant(StockWithKey, database => StockAsync(database.ConnectionString, withUniqueKey: true)));
        all.Add(new Contestant(StockTuned, database => StockAsync(database.ConnectionString + Tuned, withUniqueKey: true)));

        async Task<IMessageKeeper> StockAsync(string connectionString, bool withUniqueKey)
        {
            await StockSchema.CreateAsync(connectionString, withUniqueKey, stockScript);
            return new StockKeeper(await StockSilo.StartAsync(connectionString), connectionString);
        }
    }
}
