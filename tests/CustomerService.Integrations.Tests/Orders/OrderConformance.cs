using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Orders;

/// <summary>What the order system must do, wherever its tables are. Each takes one that is empty.</summary>
internal static class OrderConformance
{
    public static async Task Order_IsFoundHoweverItsNumberIsWritten(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);
        foreach (var number in new[] { "#W1000001", "w1000001", " W1000001 " })
        {
            var order = await orders.FindOrderAsync(number, default);

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
    }

    public static async Task UnknownKeys_FindNothing(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        Assert.Null(await orders.FindOrderAsync("#W9999999", default));
        Assert.Null(await orders.FindOrderAsync("' OR 1=1 --", default));
        Assert.Null(await orders.FindOrderAsync("\0", default));
        Assert.Null(await orders.FindCustomerAsync("nobody", default));
        Assert.Null(await orders.FindCustomerByEmailAsync("", default));
        Assert.Empty(await orders.FindCustomersByNameAsync("Lena", "", default));
        Assert.Empty(await orders.OrdersOfAsync("nobody", default));
        Assert.Null(await orders.FindProductAsync("1", default));
    }

    public static async Task OrdersOfACustomer_ComeInTheCustomersOrder(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        var found = await orders.OrdersOfAsync("lena_berg_1", default);

        Assert.Equal(["#W2000002", "#W1000001"], found.Select(order => order.Id));
        Assert.Equal("no longer needed", found[0].CancelReason);
    }

    public static async Task Customer_IsFoundByIdEmailAndName(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        var byId = await orders.FindCustomerAsync("lena_berg_1", default);
        var byEmail = await orders.FindCustomerByEmailAsync(" LENA.berg@Example.com", default);
        var byName = await orders.FindCustomersByNameAsync("omar ", "DIAZ", default);

        Assert.Equal("gold", byId!.Tier);
        Assert.Null(byId.Address.Line2);
        Assert.Equal(byId.Id, byEmail!.Id);
        Assert.Equal("omar_diaz_2", Assert.Single(byName).Id);
    }

    public static async Task Product_TellsWhichVariantsAreInStock(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        var lamp = await orders.FindProductAsync("100", default);

        Assert.Equal("Lamp", lamp!.Name);
        Assert.Equal(["101"], lamp.Variants.Where(variant => variant.Available).Select(variant => variant.ItemId));
    }

    public static async Task ManyReadersAndAnImport_DoNotDisturbEachOther(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var read = 0; read < 200; read++)
                Assert.Equal("#W1000001", (await orders.FindOrderAsync("#W1000001", default))!.Id);
        })).ToList();
        for (var import = 0; import < 5; import++)
            Import(orders, folder, SmallShop.Json.Replace("delivered", $"delivered {import}", StringComparison.Ordinal));
        await Task.WhenAll(readers);

        Assert.Equal("delivered 4", (await orders.FindOrderAsync("#W1000001", default))!.Status);
    }

    public static async Task SecondImport_ChangesOnlyWhatDiffers(StoredOrders orders, TemporaryFolder folder)
    {
        Assert.Equal(new OrderImportResult(new(1, 0, 0), new(2, 0, 0), new(3, 0, 0)), Import(orders, folder));
        Assert.Equal(new OrderImportResult(new(0, 0, 1), new(0, 0, 2), new(0, 0, 3)), Import(orders, folder));

        var third = Import(orders, folder, SmallShop.Json.Replace("omar@example.com", "omar.diaz@example.com", StringComparison.Ordinal));

        Assert.Equal(new ImportCounts(0, 1, 1), third.Customers);
        Assert.NotNull(await orders.FindCustomerByEmailAsync("omar.diaz@example.com", default));
        Assert.Null(await orders.FindCustomerByEmailAsync("omar@example.com", default));
    }

    public static async Task ContradictingFile_ImportsNothing(StoredOrders orders, TemporaryFolder folder)
    {
        foreach (var (good, bad, problem) in new[]
                 {
                     ("\"order_id\": \"#W3000003\", \"user_id\": \"omar_diaz_2\"", "\"order_id\": \"#W3000003\", \"user_id\": \"ghost\"", "belongs to 'ghost', whom nobody knows"),
                     ("[\"#W3000003\"]", "[\"#W3000003\", \"#W4000004\"]", "lists order #W4000004, which nobody knows"),
                     ("[\"#W3000003\"]", "[\"#W3000003\", \"#W1000001\"]", "which belongs to 'lena_berg_1'"),
                     ("omar@example.com", "lena.berg@example.com", "the email address lena.berg@example.com is that of several users"),
                 })
        {
            var error = Assert.Throws<OrderImportException>(() => Import(orders, folder, SmallShop.Json.Replace(good, bad, StringComparison.Ordinal)));

            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
            Assert.Null(await orders.FindCustomerAsync("lena_berg_1", default));
            Assert.Null(await orders.FindProductAsync("100", default));
        }
    }

    public static async Task Item_LeadsToItsProduct_AndWordsToProducts(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        Assert.Equal("Lamp", (await orders.FindProductOfItemAsync("102", default))!.Name);
        Assert.Null(await orders.FindProductOfItemAsync("999", default));
        Assert.Equal("100", Assert.Single(await orders.FindProductsAsync("two LAMPS, please", 5, default)).Id);
        Assert.Empty(await orders.FindProductsAsync("% _ ' sofa", 5, default));
    }

    public static async Task Change_IsMadeOnceForItsKey_HoweverOftenItIsAsked(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);
        var action = new OrderAction.ReturnItems("#W1000001", ["101"], "gift_1");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => orders.ApplyAsync("c1:m1:return", "lena_berg_1", action, default).AsTask())));
        var other = await orders.ApplyAsync("c1:m2:return", "lena_berg_1", action, default);
        var again = await orders.ApplyAsync("c1:m1:return", "lena_berg_1", action, default);
        var reused = await orders.ApplyAsync("c1:m1:return", "lena_berg_1", action with { PaymentMethodId = "card_1" }, default);

        Assert.All(outcomes.Append(again), outcome => Assert.Equal("return requested", Assert.IsType<OrderOutcome.Done>(outcome).Order!.Status));
        Assert.Equal(OrderRefusals.NotDelivered, Assert.IsType<OrderOutcome.Refused>(other).Code);
        Assert.Equal(OrderRefusals.KeyReused, Assert.IsType<OrderOutcome.Refused>(reused).Code);
        var order = await orders.FindOrderAsync("#W1000001", default);
        Assert.Equal("gift_1", order!.Return!.PaymentMethodId);
        Assert.Equal(["101"], order.Return.ItemIds.ToArray());
    }

    public static async Task ChangesAtTheSameTime_AreAllCounted(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);
        var address = new Address("1 New Road", null, "Oslo", null, "0150", "NO");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () => Assert.IsType<OrderOutcome.Done>(n % 2 == 0
            ? await orders.ApplyAsync($"k{n}", "lena_berg_1", new OrderAction.ChangeDefaultAddress(address with { Line2 = $"Flat {n}" }), default)
            : await orders.ApplyAsync($"k{n}", "omar_diaz_2", new OrderAction.ChangeAddress("#W3000003", address with { Line2 = $"Flat {n}" }), default)))));

        Assert.Equal("1 New Road", (await orders.FindCustomerAsync("lena_berg_1", default))!.Address.Line1);
        Assert.Equal("1 New Road", (await orders.FindOrderAsync("#W3000003", default))!.Address.Line1);
    }

    public static async Task SomebodyElsesOrder_IsRefusedLikeOneThatDoesNotExist(StoredOrders orders, TemporaryFolder folder)
    {
        Import(orders, folder);

        var theirs = await orders.ApplyAsync("k1", "lena_berg_1", new OrderAction.Cancel("#W3000003", "no longer needed"), default);
        var missing = await orders.ApplyAsync("k2", "lena_berg_1", new OrderAction.Cancel("#W9999999", "no longer needed"), default);
        var nobody = await orders.ApplyAsync("k3", "ghost", new OrderAction.Cancel("#W3000003", "no longer needed"), default);

        Assert.Equal(missing, theirs);
        Assert.Equal(OrderRefusals.NotFound, Assert.IsType<OrderOutcome.Refused>(nobody).Code);
        Assert.Equal("pending", (await orders.FindOrderAsync("#W3000003", default))!.Status);
    }

    /// <summary>SQLite waits for the other for ten seconds first.</summary>
    public static void ImportBesideAnother_IsToldToWait(StoredOrders orders, TemporaryFolder folder)
    {
        var (connection, transaction) = orders.BeginImport();
        using (connection)
        using (transaction)
            Assert.Contains("being written by somebody else", Assert.Throws<OrderSystemException>(() => Import(orders, folder)).Message, StringComparison.Ordinal);

        Assert.Equal(3, Import(orders, folder).Orders.Added);
    }

    private static OrderImportResult Import(StoredOrders orders, TemporaryFolder folder, string json = SmallShop.Json) =>
        new OrderImport(orders).Run(folder.Write("shop.json", json));
}
