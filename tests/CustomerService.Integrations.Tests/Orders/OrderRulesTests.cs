using System.Collections.Immutable;
using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Orders;

/// <summary>What the shop changes and what it refuses, case by case.</summary>
public sealed class OrderRulesTests
{
    private static readonly Address Home = new("1 Hill Road", "Flat 2", "Denver", "CO", "80279", "USA");
    private static readonly Address Away = new("9 Sea Street", null, "Miami", "FL", "33101", "USA");

    private static readonly ShopCustomer Lena = new(
        "lena", "Lena", "Berg", "lena@example.com", Home, null, ["#W1"],
        [new("card_1", "credit_card", "visa", "1234", null), new("gift_1", "gift_card", null, null, 30m), new("paypal_1", "paypal", null, null, null)]);

    private static readonly Product Lamp = new("100", "Lamp",
    [
        Variant("101", 20m, true, "red"), Variant("102", 25.5m, true, "blue"), Variant("103", 18m, false, "green"), Variant("104", 90m, true, "gold"),
    ]);

    private static readonly ImmutableDictionary<string, Product> Products = ImmutableDictionary<string, Product>.Empty.Add(Lamp.Id, Lamp);

    private static readonly Order Pending = new(
        "#W1", "lena", "pending", Home, [Line("101"), Line("101"), Line("102")], [], [new("payment", 65.5m, "card_1")]);

    private static readonly Order Delivered = Pending with { Status = "delivered" };

    [Fact]
    public void Cancelling_RefundsTheWayItWasPaid_AndGiftCardsAtOnce()
    {
        var byCard = Done(Pending, new OrderAction.Cancel("#W1", "no longer needed"));
        Assert.Equal(("cancelled", "no longer needed"), (byCard.Order!.Status, byCard.Order.CancelReason));
        Assert.Equal([new("payment", 65.5m, "card_1"), new("refund", 65.5m, "card_1")], byCard.Order.Payments.ToArray());
        Assert.Equal(30m, Balance(byCard));

        var byGift = Done(Pending with { Payments = [new("payment", 65.5m, "gift_1")] }, new OrderAction.Cancel("#W1", "ordered by mistake"));
        Assert.Equal(95.5m, Balance(byGift));
    }

    [Fact]
    public void Cancelling_AfterThePaymentWasMoved_RefundsWhatStandsOnly()
    {
        var moved = Done(Pending, new OrderAction.ChangePayment("#W1", "paypal_1")).Order!;

        var cancelled = Done(moved, new OrderAction.Cancel("#W1", "no longer needed")).Order!;

        Assert.Equal(new Payment("refund", 65.5m, "paypal_1"), cancelled.Payments[^1]);
        Assert.Equal(4, cancelled.Payments.Length);
    }

    [Theory]
    [InlineData("processed", OrderRefusals.NotPending)]
    [InlineData("delivered", OrderRefusals.NotPending)]
    [InlineData("cancelled", OrderRefusals.NotPending)]
    [InlineData("return requested", OrderRefusals.NotPending)]
    [InlineData("pending (item modified)", OrderRefusals.ItemsChangedBefore)]
    public void WhatNeedsAPendingOrder_IsRefusedForAnyOther(string status, string code)
    {
        var order = Pending with { Status = status };
        Assert.Equal(code, Refused(order, new OrderAction.Cancel("#W1", "no longer needed")));
        Assert.Equal(code, Refused(order, new OrderAction.ChangeAddress("#W1", Away)));
        Assert.Equal(code, Refused(order, new OrderAction.ChangePayment("#W1", "paypal_1")));
        Assert.Equal(code, Refused(order, new OrderAction.ChangeItems("#W1", ["101"], ["102"], "card_1")));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("processed")]
    [InlineData("cancelled")]
    [InlineData("return requested")]
    [InlineData("exchange requested")]
    public void WhatNeedsADeliveredOrder_IsRefusedForAnyOther(string status)
    {
        var order = Delivered with { Status = status };
        Assert.Equal(OrderRefusals.NotDelivered, Refused(order, new OrderAction.ReturnItems("#W1", ["101"], "card_1")));
        Assert.Equal(OrderRefusals.NotDelivered, Refused(order, new OrderAction.ExchangeItems("#W1", ["101"], ["102"], "card_1")));
    }

    [Theory]
    [InlineData("found it cheaper")]
    [InlineData("")]
    [InlineData("No longer needed")]
    public void OtherReasons_DoNotCancel(string reason) =>
        Assert.Equal(OrderRefusals.BadReason, Refused(Pending, new OrderAction.Cancel("#W1", reason)));

    [Fact]
    public void Address_IsChangedWholly_AndNeedsItsParts()
    {
        Assert.Equal(Away, Done(Pending, new OrderAction.ChangeAddress("#W1", Away)).Order!.Address);
        Assert.Equal(Away, Done(Pending, new OrderAction.ChangeDefaultAddress(Away)).Customer.Address);
        foreach (var bad in new[] { Away with { Line1 = " " }, Away with { City = "" }, Away with { PostalCode = "" }, Away with { Country = "" } })
        {
            Assert.Equal(OrderRefusals.BadAddress, Refused(Pending, new OrderAction.ChangeAddress("#W1", bad)));
            Assert.Equal(OrderRefusals.BadAddress, Refused(Pending, new OrderAction.ChangeDefaultAddress(bad)));
        }
    }

    [Fact]
    public void Payment_MovesWholly_BetweenDifferentMethods()
    {
        var cheap = Pending with { Payments = [new("payment", 29.99m, "card_1")] };
        var done = Done(cheap, new OrderAction.ChangePayment("#W1", "gift_1"));
        Assert.Equal([new("payment", 29.99m, "card_1"), new("payment", 29.99m, "gift_1"), new("refund", 29.99m, "card_1")], done.Order!.Payments.ToArray());
        Assert.Equal(0.01m, Balance(done));
        Assert.Equal("pending", done.Order.Status);

        Assert.Equal(OrderRefusals.GiftCardTooSmall, Refused(Pending, new OrderAction.ChangePayment("#W1", "gift_1")));
        Assert.Equal(OrderRefusals.SamePaymentMethod, Refused(Pending, new OrderAction.ChangePayment("#W1", "card_1")));
        Assert.Equal(OrderRefusals.PaymentMethodUnknown, Refused(Pending, new OrderAction.ChangePayment("#W1", "card_of_somebody_else")));
        Assert.Equal(OrderRefusals.NotOnePayment, Refused(done.Order, new OrderAction.ChangePayment("#W1", "paypal_1")));
    }

    [Fact]
    public void Items_OfAPendingOrder_ChangeOnce_AndTheDifferenceIsSettled()
    {
        var done = Done(Pending, new OrderAction.ChangeItems("#W1", ["101", "102"], ["102", "101"], "card_1"));
        Assert.Equal("pending (item modified)", done.Order!.Status);
        Assert.Equal(["102", "101", "101"], done.Order.Lines.Select(line => line.ItemId));
        Assert.Equal(new Payment("refund", 0m, "card_1"), done.Order.Payments[^1]);

        var dearer = Done(Pending, new OrderAction.ChangeItems("#W1", ["101"], ["102"], "gift_1"));
        Assert.Equal(new Payment("payment", 5.5m, "gift_1"), dearer.Order!.Payments[^1]);
        Assert.Equal((24.5m, 25.5m, "blue"), (Balance(dearer), dearer.Order.Lines[0].Price, dearer.Order.Lines[0].Options["colour"]));
        Assert.Equal(OrderRefusals.ItemsChangedBefore, Refused(dearer.Order, new OrderAction.ChangeItems("#W1", ["101"], ["102"], "card_1")));
    }

    [Fact]
    public void Exchange_KeepsTheLines_AndNotesWhatIsSwapped()
    {
        var order = Done(Delivered, new OrderAction.ExchangeItems("#W1", ["102", "101"], ["101", "102"], "paypal_1")).Order!;
        Assert.Equal("exchange requested", order.Status);
        Assert.Equal(["101", "101", "102"], order.Lines.Select(line => line.ItemId));
        Assert.Equal(["101", "102"], order.Exchange!.ItemIds.ToArray());
        Assert.Equal(["101", "102"], order.Exchange.NewItemIds.ToArray());
        Assert.Equal(("paypal_1", 0m), (order.Exchange.PaymentMethodId, order.Exchange.PriceDifference));
        Assert.Equal(Delivered.Payments, order.Payments);
    }

    public static TheoryData<string, string[], string[], string> BadSwaps { get; } = new()
    {
        { OrderRefusals.ItemNotInOrder, ["104"], ["101"], "card_1" },
        { OrderRefusals.ItemNotInOrder, ["102", "102"], ["101", "101"], "card_1" },
        { OrderRefusals.ItemNotInOrder, [], [], "card_1" },
        { OrderRefusals.ItemCountsDiffer, ["101", "102"], ["104"], "card_1" },
        { OrderRefusals.ItemUnchanged, ["101"], ["101"], "card_1" },
        { OrderRefusals.OtherProduct, ["101"], ["999"], "card_1" },
        { OrderRefusals.NotAvailable, ["101"], ["103"], "card_1" },
        { OrderRefusals.PaymentMethodUnknown, ["101"], ["102"], "ghost" },
        { OrderRefusals.GiftCardTooSmall, ["101"], ["104"], "gift_1" },
    };

    [Theory]
    [MemberData(nameof(BadSwaps))]
    public void Swap_ThatTheShopDoesNotMake_IsRefused(string code, string[] items, string[] newItems, string method)
    {
        Assert.Equal(code, Refused(Pending, new OrderAction.ChangeItems("#W1", [.. items], [.. newItems], method)));
        Assert.Equal(code, Refused(Delivered, new OrderAction.ExchangeItems("#W1", [.. items], [.. newItems], method)));
    }

    [Fact]
    public void Refund_GoesToTheOriginalMethodOrAGiftCard()
    {
        Assert.Equal("card_1", Done(Delivered, new OrderAction.ReturnItems("#W1", ["102"], "card_1")).Order!.Return!.PaymentMethodId);
        Assert.Equal("gift_1", Done(Delivered, new OrderAction.ReturnItems("#W1", ["101", "101"], "gift_1")).Order!.Return!.PaymentMethodId);
        Assert.Equal(OrderRefusals.NotOriginalPayment, Refused(Delivered, new OrderAction.ReturnItems("#W1", ["101"], "paypal_1")));
        Assert.Equal(OrderRefusals.PaymentMethodUnknown, Refused(Delivered, new OrderAction.ReturnItems("#W1", ["101"], "ghost")));
        Assert.Equal(OrderRefusals.ItemNotInOrder, Refused(Delivered, new OrderAction.ReturnItems("#W1", ["104"], "card_1")));
    }

    [Fact]
    public void OrderOfSomebodyElse_IsNotFound()
    {
        var theirs = Pending with { CustomerId = "omar" };
        Assert.Equal(OrderRefusals.NotFound, Refused(theirs, new OrderAction.Cancel("#W1", "no longer needed")));
        Assert.Equal(OrderRefusals.NotFound, Assert.IsType<OrderOutcome.Refused>(OrderRules.Decide(new OrderAction.Cancel("#W9", "no longer needed"), Lena, null, Products)).Code);
    }

    private static decimal? Balance(OrderOutcome.Done done) => done.Customer.PaymentMethods[1].Balance;

    private static OrderOutcome.Done Done(Order order, OrderAction action) => Assert.IsType<OrderOutcome.Done>(OrderRules.Decide(action, Lena, order, Products));

    private static string Refused(Order order, OrderAction action) => Assert.IsType<OrderOutcome.Refused>(OrderRules.Decide(action, Lena, order, Products)).Code;

    private static ProductVariant Variant(string id, decimal price, bool available, string colour) =>
        new(id, price, available, ImmutableSortedDictionary<string, string>.Empty.Add("colour", colour));

    private static OrderLine Line(string itemId)
    {
        var variant = Lamp.Variants.First(candidate => candidate.ItemId == itemId);
        return new(itemId, Lamp.Id, Lamp.Name, variant.Price, variant.Options);
    }
}
