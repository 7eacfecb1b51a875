using CustomerService.AgentConsole.Operations;
using CustomerService.Grains.Turns;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using Npgsql;

namespace CustomerService.Silo.Running;

/// <summary>What the system's folder or database takes.</summary>
internal sealed class StoreSizes(ISystemRecords records) : IStoreSize
{
    public async ValueTask<StoreSize> LookAsync(CancellationToken cancellation) => records switch
    {
        DataFolder folder => OfFolder(folder.Path),
        SharedDatabase shared => await OfDatabaseAsync(shared, cancellation),
        _ => throw new InvalidOperationException($"{records.GetType().Name} can't be measured."),
    };

    private static StoreSize OfFolder(string path)
    {
        try
        {
            return new StoreSize(path, new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length), new DriveInfo(path).AvailableFreeSpace);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path}: {fault.Message}", fault);
        }
    }

    private static async ValueTask<StoreSize> OfDatabaseAsync(SharedDatabase shared, CancellationToken cancellation)
    {
        try
        {
            await using var size = shared.Database.Source.CreateCommand("SELECT pg_database_size(current_database())");
            return new StoreSize(shared.Database.Where, (long)(await size.ExecuteScalarAsync(cancellation))!, null);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new StoreUnavailableException($"{shared.Database.Where}: {fault.Message}", fault);
        }
    }
}
