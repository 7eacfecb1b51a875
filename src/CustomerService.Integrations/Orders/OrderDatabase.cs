using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CustomerService.Integrations.Orders;

/// <summary>The file orders.db: its layout, and connections to it that are kept open with their statements prepared.</summary>
internal sealed class OrderDatabase : IDisposable
{
    private const int Layout = 2;

    // Marks the file as ours ("CSor"), so that another program's database is refused rather than written to.
    private const int ApplicationId = 0x43536F72;

    /// <summary>What changes did, by the key of the wish, and which product a variant is of.</summary>
    private const string SecondLayout = """
        CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, product TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS items_by_product ON items (product);
        CREATE TABLE IF NOT EXISTS order_actions (
            key TEXT PRIMARY KEY, customer TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, action TEXT NOT NULL, outcome TEXT NOT NULL) WITHOUT ROWID;
        """;

    private readonly string _path;
    private readonly ConcurrentBag<OrderReader> _idle = [];
    private volatile bool _disposed;

    /// <exception cref="OrderSystemException">The file is not an order database of this version, or cannot be opened.</exception>
    internal OrderDatabase(string path)
    {
        _path = path;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            using var connection = Open();
            Prepare(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(error);
        }
    }

    internal SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        return connection;
    }

    /// <exception cref="OrderSystemException">The file cannot be read, or holds something else than it should.</exception>
    internal T Read<TAsked, T>(TAsked asked, Func<OrderReader, TAsked, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            if (!_idle.TryTake(out var reader))
                reader = new OrderReader(Open());
            try
            {
                return read(reader, asked);
            }
            finally
            {
                _idle.Add(reader);
                if (_disposed)
                    DisposeIdle();
            }
        }
        catch (Exception error) when (error is SqliteException or JsonException)
        {
            throw Unusable(error);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
    }

    private OrderSystemException Unusable(Exception error) =>
        new($"The order database {_path} cannot be used ({error.Message.TrimEnd('.')}); repair it, or move it away and import the orders again.", error);

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }

    private void Prepare(SqliteConnection connection)
    {
        var (application, layout) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if (application == 0 && layout == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
            Create(connection);
        else if (application != ApplicationId)
            throw new OrderSystemException($"{_path} is a database of something else; name another file for the orders.");
        else if (layout == 1)
            Upgrade(connection);
        else if (layout != Layout)
            throw new OrderSystemException($"The order database {_path} has layout {layout}, and this program knows {Layout}; move it away and import the orders again.");
    }

    private static void Create(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA journal_mode = WAL;
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS customers (id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS customers_by_email ON customers (email);
            CREATE INDEX IF NOT EXISTS customers_by_name ON customers (name);
            CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, customer TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer);
            CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
            {SecondLayout}
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {Layout};
            COMMIT;
            """;
        command.ExecuteNonQuery();
    }

    // From the first layout on, in place; of several programs that open the file at once, one does it and the others find it done.
    private static void Upgrade(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            BEGIN IMMEDIATE;
            {SecondLayout}
            INSERT OR IGNORE INTO items SELECT json_extract(variant.value, '$.itemId'), products.id
                FROM products, json_each(products.record, '$.variants') AS variant;
            PRAGMA user_version = {Layout};
            COMMIT;
            """;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
