using CustomerService.Integrations.Orders;
using CustomerService.Integrations.Tests.Orders;
using Npgsql;
using TemporaryFolder = CustomerService.Integrations.Tests.TemporaryFolder;

namespace CustomerService.Silo.Tests.Cluster;

/// <summary>The order system does what it must, on a real PostgreSQL server.</summary>
[Collection(SharedDatabaseCollection.Name)]
public sealed class PostgreSqlOrderSystemTests(PostgreSqlServer server)
{
    [RequiresFact("postgresql")]
    public Task Order_IsFoundHoweverItsNumberIsWritten() => OnFreshDatabaseAsync(OrderConformance.Order_IsFoundHoweverItsNumberIsWritten);

    [RequiresFact("postgresql")]
    public Task UnknownKeys_FindNothing() => OnFreshDatabaseAsync(OrderConformance.UnknownKeys_FindNothing);

    [RequiresFact("postgresql")]
    public Task OrdersOfACustomer_ComeInTheCustomersOrder() => OnFreshDatabaseAsync(OrderConformance.OrdersOfACustomer_ComeInTheCustomersOrder);

    [RequiresFact("postgresql")]
    public Task Customer_IsFoundByIdEmailAndName() => OnFreshDatabaseAsync(OrderConformance.Customer_IsFoundByIdEmailAndName);

    [RequiresFact("postgresql")]
    public Task Product_TellsWhichVariantsAreInStock() => OnFreshDatabaseAsync(OrderConformance.Product_TellsWhichVariantsAreInStock);

    [RequiresFact("postgresql")]
    public Task ManyReadersAndAnImport_DoNotDisturbEachOther() => OnFreshDatabaseAsync(OrderConformance.ManyReadersAndAnImport_DoNotDisturbEachOther);

    [RequiresFact("postgresql")]
    public Task SecondImport_ChangesOnlyWhatDiffers() => OnFreshDatabaseAsync(OrderConformance.SecondImport_ChangesOnlyWhatDiffers);

    [RequiresFact("postgresql")]
    public Task ContradictingFile_ImportsNothing() => OnFreshDatabaseAsync(OrderConformance.ContradictingFile_ImportsNothing);

    [RequiresFact("postgresql")]
    public Task Item_LeadsToItsProduct_AndWordsToProducts() => OnFreshDatabaseAsync(OrderConformance.Item_LeadsToItsProduct_AndWordsToProducts);

    [RequiresFact("postgresql")]
    public Task Change_IsMadeOnceForItsKey_HoweverOftenItIsAsked() => OnFreshDatabaseAsync(OrderConformance.Change_IsMadeOnceForItsKey_HoweverOftenItIsAsked);

    [RequiresFact("postgresql")]
    public Task ChangesAtTheSameTime_AreAllCounted() => OnFreshDatabaseAsync(OrderConformance.ChangesAtTheSameTime_AreAllCounted);

    [RequiresFact("postgresql")]
    public Task SomebodyElsesOrder_IsRefusedLikeOneThatDoesNotExist() => OnFreshDatabaseAsync(OrderConformance.SomebodyElsesOrder_IsRefusedLikeOneThatDoesNotExist);

    [RequiresFact("postgresql")]
    public Task ImportBesideAnother_IsToldToWait() => OnFreshDatabaseAsync((orders, folder) =>
    {
        OrderConformance.ImportBesideAnother_IsToldToWait(orders, folder);
        return Task.CompletedTask;
    });

    [RequiresFact("postgresql")]
    public async Task DatabaseWithoutTables_IsToldWithTheFix()
    {
        await using var source = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        using var folder = new TemporaryFolder();
        var orders = new PostgreSqlOrderSystem(source);

        var reading = await Assert.ThrowsAsync<OrderSystemException>(async () => await orders.FindOrderAsync("#W1000001", default));
        var writing = Assert.Throws<OrderSystemException>(() => new OrderImport(orders).Run(folder.Write("shop.json", SmallShop.Json)));

        Assert.Contains("'database migrate'", reading.Message, StringComparison.Ordinal);
        Assert.Contains("'database migrate'", writing.Message, StringComparison.Ordinal);
    }

    private async Task OnFreshDatabaseAsync(Func<StoredOrders, TemporaryFolder, Task> test)
    {
        await using var source = NpgsqlDataSource.Create(await server.CreateMigratedAsync());
        using var folder = new TemporaryFolder();
        await test(new PostgreSqlOrderSystem(source), folder);
    }
}
