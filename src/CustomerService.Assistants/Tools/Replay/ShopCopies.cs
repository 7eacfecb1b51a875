using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tools.Replay;

/// <summary>A shop that was imported once, and a fresh copy of it for whoever wants to change one.</summary>
public sealed class ShopCopies : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("customerservice-shop-").FullName;
    private int _copies;

    /// <param name="file">The orders as <see cref="OrderImport"/> reads them.</param>
    /// <exception cref="OrderImportException">The file is bad.</exception>
    public ShopCopies(string file)
    {
        try
        {
            using var orders = new SqliteOrderSystem(Original);
            new OrderImport(orders).Run(file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private string Original => Path.Combine(_folder, "original.db");

    /// <summary>A copy; it is the caller's to close.</summary>
    public SqliteOrderSystem Fresh()
    {
        var path = Path.Combine(_folder, $"copy-{Interlocked.Increment(ref _copies)}.db");
        File.Copy(Original, path);
        return new SqliteOrderSystem(path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
