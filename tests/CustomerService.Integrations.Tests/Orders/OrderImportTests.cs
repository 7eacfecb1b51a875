using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Orders;

public sealed class OrderImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteOrderSystem _orders;

    public OrderImportTests() => _orders = new SqliteOrderSystem(_folder.File("orders.db"));

    public void Dispose()
    {
        _orders.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("\"status\": \"pending\"", "\"status\": 7", "$.orders['#W3000003'].status must be a text", 47)]
    [InlineData("\"price\": 20.5, \"options\"", "\"price\": -1, \"options\"", "$.orders['#W1000001'].items[0].price must be a number of 0 or more", 34)]
    [InlineData("\"user_id\": \"omar_diaz_2\",\n      \"name\"", "\"name\"", "$.users['omar_diaz_2'].user_id is missing and must be a text", 24)]
    [InlineData("\"email\": \"omar@example.com\"", "\"email\": \"omar\"", "$.users['omar_diaz_2'].email is 'omar'", 24)]
    [InlineData("\"available\": false", "\"available\": \"no\"", "$.products['100'].variants['102'].available must be true or false", 3)]
    [InlineData("\"order_id\": \"#W3000003\", \"user_id\": \"omar_diaz_2\"", "\"order_id\": \"#W3000003\", \"user_id\": \"ghost\"", "order #W3000003 belongs to 'ghost', whom nobody knows", 47)]
    [InlineData("[\"#W3000003\"]", "[\"#W3000003\", \"#W4000004\"]", "user 'omar_diaz_2' lists order #W4000004, which nobody knows", 24)]
    [InlineData("[\"#W3000003\"]", "[\"#W3000003\", \"#W1000001\"]", "which belongs to 'lena_berg_1'", 24)]
    [InlineData("omar@example.com", "lena.berg@example.com", "the email address lena.berg@example.com is that of several users", 24)]
    [InlineData("\"products\"", "\"prodcuts\"", "unknown section 'prodcuts'; known are products, users and orders", 3)]
    [InlineData("\"status\": \"pending\",", "\"status\": \"pending\"", "this is not valid JSON", 50)]
    [InlineData("\"orders\": {", "\"orders\": 5, \"more\": {", "$.orders must be an object", 33)]
    public async Task BadFile_IsNamedByPlaceAndImportsNothing(string good, string bad, string problem, int line)
    {
        var json = SmallShop.Json.ReplaceLineEndings("\n");
        Assert.Contains(good, json, StringComparison.Ordinal);

        var error = Assert.Throws<OrderImportException>(() => Import(json.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains($"shop.json:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Null(await _orders.FindCustomerAsync("lena_berg_1", default));
        Assert.Null(await _orders.FindProductAsync("100", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"orders\": {\"#W1\": 5}}")]
    [InlineData("{\"orders\": {\"#W1\": {\"order_id\": ")]
    public void FileOfAnotherShape_IsRefused(string text)
    {
        var error = Assert.Throws<OrderImportException>(() => Import(text));

        Assert.Contains("shop.json:1: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralProblems_AreAllNamed()
    {
        var error = Assert.Throws<OrderImportException>(() => Import(
            SmallShop.Json.Replace("\"status\"", "\"state\"", StringComparison.Ordinal)));

        Assert.Equal(3, error.Problems.Length);
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        var error = Assert.Throws<OrderImportException>(() => new OrderImport(_orders).Run(_folder.File("none.json")));

        Assert.Contains("none.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelledImport_ImportsNothing()
    {
        Assert.Throws<OperationCanceledException>(() =>
            new OrderImport(_orders).Run(_folder.Write("shop.json", SmallShop.Json), cancellation: new CancellationToken(canceled: true)));

        Assert.Null(await _orders.FindCustomerAsync("lena_berg_1", default));
    }

    [Fact]
    public async Task FileLargerThanTheBuffer_IsReadWhole()
    {
        var blank = new string(' ', 200_000);
        Import("\uFEFF" + SmallShop.Json.Replace("\"status\": \"pending\"", $"{blank}\n\"status\": \"pending {new string('x', 150_000)}\"", StringComparison.Ordinal));

        var order = await _orders.FindOrderAsync("#W3000003", default);

        Assert.StartsWith("pending xxx", order!.Status, StringComparison.Ordinal);
        Assert.Equal(150_008, order.Status.Length);
    }

    [RequiresFact("shared")]
    public async Task RetailFile_IsImportedWhole()
    {
        var reports = new List<OrderImportProgress>();

        var result = new OrderImport(_orders).Run(Path.Combine(Requires.SharedFolder!, "data", "retail", "db.json"), new Reports(reports));
        var again = new OrderImport(_orders).Run(Path.Combine(Requires.SharedFolder!, "data", "retail", "db.json"));

        Assert.Equal(new OrderImportResult(new(50, 0, 0), new(500, 0, 0), new(1000, 0, 0)), result);
        Assert.Equal((50, 500, 1000), (again.Products.Unchanged, again.Customers.Unchanged, again.Orders.Unchanged));
        Assert.Equal(1550, reports[^1].Records);
        Assert.Equal(reports[^1].TotalBytes, reports[^1].BytesRead);
        Assert.NotNull(await _orders.FindOrderAsync("w2378156", default));
    }

    private OrderImportResult Import(string json) => new OrderImport(_orders).Run(_folder.Write("shop.json", json));

    private sealed class Reports(List<OrderImportProgress> seen) : IProgress<OrderImportProgress>
    {
        public void Report(OrderImportProgress value) => seen.Add(value);
    }
}
