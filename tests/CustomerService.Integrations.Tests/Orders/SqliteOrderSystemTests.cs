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

    [Fact]
    public Task Order_IsFoundHoweverItsNumberIsWritten() => OnFreshFileAsync(OrderConformance.Order_IsFoundHoweverItsNumberIsWritten);

    [Fact]
    public Task UnknownKeys_FindNothing() => OnFreshFileAsync(OrderConformance.UnknownKeys_FindNothing);

    [Fact]
    public Task OrdersOfACustomer_ComeInTheCustomersOrder() => OnFreshFileAsync(OrderConformance.OrdersOfACustomer_ComeInTheCustomersOrder);

    [Fact]
    public Task Customer_IsFoundByIdEmailAndName() => OnFreshFileAsync(OrderConformance.Customer_IsFoundByIdEmailAndName);

    [Fact]
    public Task Product_TellsWhichVariantsAreInStock() => OnFreshFileAsync(OrderConformance.Product_TellsWhichVariantsAreInStock);

    [Fact]
    public Task ManyReadersAndAnImport_DoNotDisturbEachOther() => OnFreshFileAsync(OrderConformance.ManyReadersAndAnImport_DoNotDisturbEachOther);

    [Fact]
    public Task SecondImport_ChangesOnlyWhatDiffers() => OnFreshFileAsync(OrderConformance.SecondImport_ChangesOnlyWhatDiffers);

    [Fact]
    public Task ContradictingFile_ImportsNothing() => OnFreshFileAsync(OrderConformance.ContradictingFile_ImportsNothing);

    [Fact]
    public Task Item_LeadsToItsProduct_AndWordsToProducts() => OnFreshFileAsync(OrderConformance.Item_LeadsToItsProduct_AndWordsToProducts);

    [Fact]
    public Task Change_IsMadeOnceForItsKey_HoweverOftenItIsAsked() => OnFreshFileAsync(OrderConformance.Change_IsMadeOnceForItsKey_HoweverOftenItIsAsked);

    [Fact]
    public Task ChangesAtTheSameTime_AreAllCounted() => OnFreshFileAsync(OrderConformance.ChangesAtTheSameTime_AreAllCounted);

    [Fact]
    public Task SomebodyElsesOrder_IsRefusedLikeOneThatDoesNotExist() => OnFreshFileAsync(OrderConformance.SomebodyElsesOrder_IsRefusedLikeOneThatDoesNotExist);

    [Fact]
    public async Task FileOfTheFirstLayout_IsBroughtToThisOneInPlace()
    {
        var path = _folder.File("orders.db");
        _orders.Dispose();
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE items; DROP TABLE order_actions; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        using var upgraded = new SqliteOrderSystem(path);

        Assert.Equal("Lamp", (await upgraded.FindProductOfItemAsync("101", default))!.Name);
        Assert.IsType<OrderOutcome.Done>(await upgraded.ApplyAsync("k1", "lena_berg_1", new OrderAction.ReturnItems("#W1000001", ["101"], "card_1"), default));
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

    private static async Task OnFreshFileAsync(Func<StoredOrders, TemporaryFolder, Task> test)
    {
        using var folder = new TemporaryFolder();
        using var orders = new SqliteOrderSystem(folder.File("orders.db"));
        await test(orders, folder);
    }
}
