using System.Data.Common;
using System.Text.Json;
using CustomerService.Integrations.Identity;

namespace CustomerService.Integrations.Orders.Import;

/// <summary>Writes records within the import's transaction, counts what changes, and finds what contradicts the rest.</summary>
internal sealed class OrderWriter : IDisposable
{
    private readonly Statements _statements;
    private readonly Upsert _products;
    private readonly Upsert _customers;
    private readonly Upsert _orders;
    private readonly DbCommand _forgetItems;
    private readonly DbCommand _writeItem;
    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);
    private readonly List<(string CustomerId, string OrderId)> _listed = [];

    internal OrderWriter(DbConnection connection, DbTransaction transaction)
    {
        _statements = new Statements(connection, transaction);
        _products = new Upsert(_statements, "products", "name");
        _customers = new Upsert(_statements, "customers", "email", "name");
        _orders = new Upsert(_statements, "orders", "customer");
        _forgetItems = _statements.Create("DELETE FROM items WHERE product = @product", "product");
        _writeItem = _statements.Create(
            "INSERT INTO items (id, product) VALUES (@id, @product) ON CONFLICT (id) DO UPDATE SET product = excluded.product", "id", "product");
    }

    internal OrderImportResult Result => new(_products.Counts, _customers.Counts, _orders.Counts);

    internal void Write(Product product)
    {
        if (!_products.Run(product.Id, JsonSerializer.Serialize(product, OrdersJson.Default.Product), product.Name))
            return;
        _forgetItems.Parameters[0].Value = product.Id;
        _forgetItems.ExecuteNonQuery();
        foreach (var variant in product.Variants)
        {
            (_writeItem.Parameters[0].Value, _writeItem.Parameters[1].Value) = (variant.ItemId, product.Id);
            _writeItem.ExecuteNonQuery();
        }
    }

    internal void Write(ShopCustomer customer, long line)
    {
        _lines[customer.Id] = line;
        _listed.AddRange(customer.OrderIds.Select(order => (customer.Id, order)));
        _customers.Run(customer.Id, JsonSerializer.Serialize(customer, OrdersJson.Default.ShopCustomer),
            Folded.Email(customer.Email), Folded.Name($"{customer.FirstName} {customer.LastName}"));
    }

    internal void Write(Order order, long line)
    {
        _lines[order.Id] = line;
        _orders.Run(order.Id, JsonSerializer.Serialize(order, OrdersJson.Default.Order), order.CustomerId);
    }

    /// <summary>What is wrong between records, each as <c>line: problem</c>. Asked when all are written.</summary>
    internal IEnumerable<string> Contradictions()
    {
        foreach (var (order, customer) in Pairs("SELECT id, customer FROM orders WHERE customer NOT IN (SELECT id FROM customers)"))
            yield return $"{LineOf(order)}: order {order} belongs to '{customer}', whom nobody knows; add that user or correct the order's user_id.";
        foreach (var (email, id) in Pairs("SELECT email, max(id) FROM customers GROUP BY email HAVING count(*) > 1"))
            yield return $"{LineOf(id)}: the email address {email} is that of several users; give each user one of their own.";
        using var owner = _statements.Create("SELECT customer FROM orders WHERE id = @id", "id");
        foreach (var (customer, order) in _listed)
        {
            owner.Parameters[0].Value = order;
            if ((string?)owner.ExecuteScalar() is not { } found)
                yield return $"{LineOf(customer)}: user '{customer}' lists order {order}, which nobody knows; add that order or take it off the list.";
            else if (found != customer)
                yield return $"{LineOf(customer)}: user '{customer}' lists order {order}, which belongs to '{found}'; take it off the list.";
        }
    }

    public void Dispose()
    {
        _products.Dispose();
        _customers.Dispose();
        _orders.Dispose();
        _forgetItems.Dispose();
        _writeItem.Dispose();
    }

    private long LineOf(string id) => _lines.GetValueOrDefault(id, 1);

    private List<(string, string)> Pairs(string sql)
    {
        using var command = _statements.Create(sql);
        using var reader = command.ExecuteReader();
        var pairs = new List<(string, string)>();
        while (reader.Read())
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    private sealed class Upsert : IDisposable
    {
        private readonly DbCommand _known;
        private readonly DbCommand _write;

        internal Upsert(Statements statements, string table, params string[] keys)
        {
            string[] columns = ["id", "record", .. keys];
            _known = statements.Create($"SELECT record FROM {table} WHERE id = @id", "id");
            _write = statements.Create(
                $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))}) "
                + $"ON CONFLICT (id) DO UPDATE SET {string.Join(", ", columns.Skip(1).Select(column => $"{column} = excluded.{column}"))}",
                columns);
        }

        internal ImportCounts Counts { get; private set; }

        /// <returns>Whether anything changed.</returns>
        internal bool Run(string id, string record, params string[] keys)
        {
            _known.Parameters[0].Value = id;
            var known = (string?)_known.ExecuteScalar();
            if (known == record)
            {
                Counts = Counts with { Unchanged = Counts.Unchanged + 1 };
                return false;
            }
            _write.Parameters[0].Value = id;
            _write.Parameters[1].Value = record;
            for (var key = 0; key < keys.Length; key++)
                _write.Parameters[2 + key].Value = keys[key];
            _write.ExecuteNonQuery();
            Counts = known is null ? Counts with { Added = Counts.Added + 1 } : Counts with { Changed = Counts.Changed + 1 };
            return true;
        }

        public void Dispose()
        {
            _known.Dispose();
            _write.Dispose();
        }
    }
}
