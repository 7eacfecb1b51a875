using CustomerService.Integrations.Orders;
using Microsoft.Data.Sqlite;

namespace CustomerService.Integrations.Tests.Orders;

public sealed class SqliteOrderSystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteOrderSystem _orders;

    public SqliteOrderSystemTests() => _orders = SmallShop.OpenIn(_folder);

    public void Dispose()
    {
        _orders.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("#W1000001")]
    [InlineData("w1000001")]
    [InlineData(" W1000001 ")]
    public async Task Order_IsFoundHoweverItsNumberIsWritten(string number)
    {
        var order = await _orders.FindOrderAsync(number, default);

        Assert.NotNull(order);
        Assert.Equal("#W1000001", order.Id);
        Assert.Equal("delivered", order.Status);
        var line = Assert.Single(order.Lines);
        Assert.Equal(20.5m, line.Price);
        Assert.Equal("red", line.Options["colour"]);
        Assert.Equal("T-1", Assert.Single(Assert.Single(order.Fulfillments).TrackingIds));
        Assert.Equal(new Payment("payment", 20.5m, "card_1"), Assert.Single(order.Payments));
        Assert.Equal("50142", order.Address.PostalCode);
    }

    [Fact]
    public async Task UnknownKeys_FindNothing()
    {
        Assert.Null(await _orders.FindOrderAsync("#W9999999", default));
        Assert.Null(await _orders.FindOrderAsync("' OR 1=1 --", default));
        Assert.Null(await _orders.FindCustomerAsync("nobody", default));
        Assert.Null(await _orders.FindCustomerByEmailAsync("", default));
        Assert.Empty(await _orders.FindCustomersByNameAsync("Lena", "", default));
        Assert.Empty(await _orders.OrdersOfAsync("nobody", default));
        Assert.Null(await _orders.FindProductAsync("1", default));
    }

    [Fact]
    public async Task OrdersOfACustomer_ComeInTheCustomersOrder()
    {
        var orders = await _orders.OrdersOfAsync("lena_berg_1", default);

        Assert.Equal(["#W2000002", "#W1000001"], orders.Select(order => order.Id));
        Assert.Equal("no longer needed", orders[0].CancelReason);
    }

    [Fact]
    public async Task Customer_IsFoundByIdEmailAndName()
    {
        var byId = await _orders.FindCustomerAsync("lena_berg_1", default);
        var byEmail = await _orders.FindCustomerByEmailAsync(" LENA.berg@Example.com", default);
        var byName = await _orders.FindCustomersByNameAsync("omar ", "DIAZ", default);

        Assert.Equal("gold", byId!.Tier);
        Assert.Null(byId.Address.Line2);
        Assert.Equal(byId.Id, byEmail!.Id);
        Assert.Equal("omar_diaz_2", Assert.Single(byName).Id);
    }

    [Fact]
    public async Task CardNumber_IsKeptAsItsLastFourDigitsOnly()
    {
        var lena = await _orders.FindCustomerAsync("lena_berg_1", default);

        Assert.Equal(new PaymentMethod("card_1", "credit_card", "visa", "1234", null), lena!.PaymentMethods[0]);
        Assert.Equal(15.25m, lena.PaymentMethods[1].Balance);
        Assert.DoesNotContain("41111111", await File.ReadAllTextAsync(_folder.File("orders.db"), System.Text.Encoding.Latin1));
    }

    [Fact]
    public async Task Product_TellsWhichVariantsAreInStock()
    {
        var lamp = await _orders.FindProductAsync("100", default);

        Assert.Equal("Lamp", lamp!.Name);
        Assert.Equal(["101"], lamp.Variants.Where(variant => variant.Available).Select(variant => variant.ItemId));
    }

    [Fact]
    public async Task ManyReadersAndAnImport_DoNotDisturbEachOther()
    {
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var read = 0; read < 200; read++)
                Assert.Equal("#W1000001", (await _orders.FindOrderAsync("#W1000001", default))!.Id);
        })).ToList();
        for (var import = 0; import < 5; import++)
            new OrderImport(_orders).Run(_folder.Write("shop.json", SmallShop.Json.Replace("delivered", $"delivered {import}", StringComparison.Ordinal)));
        await Task.WhenAll(readers);

        Assert.Equal("delivered 4", (await _orders.FindOrderAsync("#W1000001", default))!.Status);
    }

    [Fact]
    public async Task ReopenedFile_StillHoldsTheOrders()
    {
        using var again = new SqliteOrderSystem(_folder.File("orders.db"));

        Assert.NotNull(await again.FindOrderAsync("#W3000003", default));
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        var path = _folder.Write("notes.txt", new string('x', 4096));

        var error = Assert.Throws<OrderSystemException>(() => new SqliteOrderSystem(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 4096), File.ReadAllText(path));
    }

    [Fact]
    public void DatabaseOfAnotherProgram_IsRefused()
    {
        var path = _folder.File("other.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE notes (text TEXT)";
            command.ExecuteNonQuery();
        }

        var error = Assert.Throws<OrderSystemException>(() => new SqliteOrderSystem(path));

        Assert.Contains("something else", error.Message, StringComparison.Ordinal);
    }
}
