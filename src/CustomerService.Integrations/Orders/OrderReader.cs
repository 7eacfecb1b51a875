using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace CustomerService.Integrations.Orders;

/// <summary>One connection to orders.db with its queries prepared; used by one thread at a time.</summary>
internal sealed class OrderReader(SqliteConnection connection) : IDisposable
{
    private readonly Query<Order> _order = new(connection, "SELECT record FROM orders WHERE id = $key", OrdersJson.Default.Order);
    private readonly Query<Order> _ordersOf = new(connection, "SELECT record FROM orders WHERE customer = $key ORDER BY id", OrdersJson.Default.Order);
    private readonly Query<ShopCustomer> _customer = new(connection, "SELECT record FROM customers WHERE id = $key", OrdersJson.Default.ShopCustomer);
    private readonly Query<ShopCustomer> _byEmail = new(connection, "SELECT record FROM customers WHERE email = $key", OrdersJson.Default.ShopCustomer);
    private readonly Query<ShopCustomer> _byName = new(connection, "SELECT record FROM customers WHERE name = $key ORDER BY id", OrdersJson.Default.ShopCustomer);
    private readonly Query<Product> _product = new(connection, "SELECT record FROM products WHERE id = $key", OrdersJson.Default.Product);

    internal Order? Order(string id) => _order.First(id);

    internal ImmutableArray<Order> OrdersOf(string customerId) => _ordersOf.All(customerId);

    internal ShopCustomer? Customer(string id) => _customer.First(id);

    internal ShopCustomer? CustomerByEmail(string key) => _byEmail.First(key);

    internal ImmutableArray<ShopCustomer> CustomersByName(string key) => _byName.All(key);

    internal Product? Product(string id) => _product.First(id);

    public void Dispose()
    {
        _order.Dispose();
        _ordersOf.Dispose();
        _customer.Dispose();
        _byEmail.Dispose();
        _byName.Dispose();
        _product.Dispose();
        connection.Dispose();
    }

    private sealed class Query<T> : IDisposable
        where T : class
    {
        private readonly SqliteCommand _command;
        private readonly JsonTypeInfo<T> _type;

        internal Query(SqliteConnection connection, string sql, JsonTypeInfo<T> type)
        {
            _type = type;
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            _command.Parameters.Add("$key", SqliteType.Text);
            _command.Prepare();
        }

        internal T? First(string key)
        {
            using var reader = Run(key);
            return reader.Read() ? Record(reader) : null;
        }

        internal ImmutableArray<T> All(string key)
        {
            using var reader = Run(key);
            var records = ImmutableArray.CreateBuilder<T>();
            while (reader.Read())
                records.Add(Record(reader));
            return records.DrainToImmutable();
        }

        public void Dispose() => _command.Dispose();

        private SqliteDataReader Run(string key)
        {
            _command.Parameters[0].Value = key;
            return _command.ExecuteReader();
        }

        private T Record(SqliteDataReader reader) =>
            JsonSerializer.Deserialize(reader.GetString(0), _type)
            ?? throw new OrderSystemException("orders.db holds an empty record; import the orders again.");
    }
}
