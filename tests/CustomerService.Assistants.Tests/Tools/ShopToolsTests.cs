using System.Collections.Immutable;
using CustomerService.Assistants.Tests.Dialogues;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tests.Tools;

/// <summary>The shop's tools through the gate: what the policy allows is done, what it forbids is refused and changes nothing.</summary>
public sealed class ShopToolsTests : IAsyncLifetime
{
    private readonly DialogueStage _stage = new(Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Dialogues", "shop.json"));
    private readonly ToolGate _gate;
    private int _calls;

    public ShopToolsTests() => _gate = new ToolGate(ShopTools.OfOrders(_stage.Orders));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    public static TheoryData<string, string, string> Forbidden { get; } = new()
    {
        { "cancel_order", OrderRefusals.NotPending, "order_id=#W1000001;reason=no longer needed" },
        { "cancel_order", OrderRefusals.NotPending, "order_id=#W1000003;reason=no longer needed" },
        { "cancel_order", OrderRefusals.NotPending, "order_id=#W1000004;reason=no longer needed" },
        { "cancel_order", OrderRefusals.ItemsChangedBefore, "order_id=#W1000005;reason=no longer needed" },
        { "cancel_order", ToolRefusals.BadArguments, "order_id=#W1000002;reason=found it cheaper" },
        { "cancel_order", ToolRefusals.NotFound, "order_id=#W2000001;reason=no longer needed" },
        { "cancel_order", ToolRefusals.NotFound, "order_id=#W9999999;reason=no longer needed" },
        { "change_order_address", OrderRefusals.NotPending, "order_id=#W1000003;address1=1 A St;city=Reno;country=USA;zip=89501" },
        { "change_order_address", OrderRefusals.ItemsChangedBefore, "order_id=#W1000005;address1=1 A St;city=Reno;country=USA;zip=89501" },
        { "change_order_address", ToolRefusals.BadArguments, "order_id=#W1000002;address1=1 A St;country=USA;zip=89501" },
        { "change_order_payment", OrderRefusals.GiftCardTooSmall, "order_id=#W1000002;payment_method_id=gift_n" },
        { "change_order_payment", OrderRefusals.SamePaymentMethod, "order_id=#W1000002;payment_method_id=card_n" },
        { "change_order_payment", OrderRefusals.PaymentMethodUnknown, "order_id=#W1000002;payment_method_id=card_a" },
        { "change_order_payment", OrderRefusals.NotPending, "order_id=#W1000001;payment_method_id=paypal_n" },
        { "change_order_items", OrderRefusals.OtherProduct, "order_id=#W1000002;item_ids=531;new_item_ids=501;payment_method_id=card_n" },
        { "change_order_items", OrderRefusals.NotAvailable, "order_id=#W1000002;item_ids=502;new_item_ids=503;payment_method_id=card_n" },
        { "change_order_items", OrderRefusals.ItemUnchanged, "order_id=#W1000002;item_ids=502;new_item_ids=502;payment_method_id=card_n" },
        { "change_order_items", OrderRefusals.GiftCardTooSmall, "order_id=#W1000002;item_ids=502;new_item_ids=504;payment_method_id=gift_n" },
        { "change_order_items", OrderRefusals.ItemsChangedBefore, "order_id=#W1000005;item_ids=502;new_item_ids=501;payment_method_id=card_n" },
        { "change_order_items", OrderRefusals.NotPending, "order_id=#W1000001;item_ids=501;new_item_ids=502;payment_method_id=card_n" },
        { "return_items", OrderRefusals.NotDelivered, "order_id=#W1000002;item_ids=531;payment_method_id=card_n" },
        { "return_items", OrderRefusals.NotOriginalPayment, "order_id=#W1000001;item_ids=501;payment_method_id=paypal_n" },
        { "return_items", OrderRefusals.ItemNotInOrder, "order_id=#W1000001;item_ids=501,501;payment_method_id=card_n" },
        { "return_items", ToolRefusals.BadArguments, "order_id=#W1000001;payment_method_id=card_n" },
        { "exchange_items", OrderRefusals.NotDelivered, "order_id=#W1000002;item_ids=531;new_item_ids=532;payment_method_id=card_n" },
        { "exchange_items", OrderRefusals.ItemCountsDiffer, "order_id=#W1000001;item_ids=501,511;new_item_ids=502;payment_method_id=card_n" },
        { "exchange_items", OrderRefusals.GiftCardTooSmall, "order_id=#W1000001;item_ids=501;new_item_ids=504;payment_method_id=gift_n" },
        { "change_my_address", ToolRefusals.BadArguments, "address1=1 A St;country=USA;zip=89501;user_id=ivo_petrov_2;city=Reno" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task WhatThePolicyForbids_IsRefused_AndChangesNothing(string tool, string code, string arguments)
    {
        var before = await _stage.RecordsAsync();

        var result = await CallAsync(tool, arguments);

        Assert.Equal(code, Assert.IsType<ToolResult.Refused>(result).Code);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(before, await _stage.RecordsAsync()));
    }

    [Fact]
    public async Task ReadingTools_GiveTheCustomersOwnRecordsOnly()
    {
        Assert.IsType<ToolResult.Done>(await CallAsync("get_order", "order_id=#W1000001"));
        Assert.Equal(await CallAsync("get_order", "order_id=#W9999999"), await CallAsync("get_order", "order_id=#W2000001"));
        Assert.Equal(ToolRefusals.NotFound, Assert.IsType<ToolResult.Refused>(await CallAsync("get_order", "order_id=w1000001")).Code);

        var orders = (IReadOnlyList<object?>)Assert.IsType<ToolResult.Done>(await CallAsync("find_my_orders", "")).Value!;
        Assert.Equal(5, orders.Count);
        var profile = Assert.IsType<ToolResult.Done>(await CallAsync("get_profile", "")).Value;
        Assert.Equal("nora.ek@example.com", Field(profile, "email"));
        var item = Assert.IsType<ToolResult.Done>(await CallAsync("get_item", "item_id=503")).Value;
        Assert.Equal(("Desk Lamp", false), (Field(item, "name"), Field(item, "available")));
        var products = (IReadOnlyList<object?>)Assert.IsType<ToolResult.Done>(await CallAsync("find_products", "text=office chairs")).Value!;
        Assert.Equal("530", Field(Assert.Single(products), "product_id"));
    }

    [Theory]
    [InlineData("652.61 + 473.43", "1126.04")]
    [InlineData("(1 + 2) * 3", "9.0")]
    [InlineData("-2 * 0.333", "-0.67")]
    public async Task Calculate_WorksOutArithmetic(string expression, string value) =>
        Assert.Equal(value, Assert.IsType<ToolResult.Done>(await CallAsync("calculate", "expression=" + expression)).Value);

    [Theory]
    [InlineData("inputs.content")]
    [InlineData("1 +")]
    [InlineData("now()")]
    [InlineData("1 / 0")]
    public async Task Calculate_RefusesAnythingElse(string expression) =>
        Assert.Equal(ToolRefusals.BadArguments, Assert.IsType<ToolResult.Refused>(await CallAsync("calculate", "expression=" + expression)).Code);

    private static object? Field(object? map, string name) => ((IReadOnlyDictionary<string, object?>)map!)[name];

    private ValueTask<ToolResult> CallAsync(string tool, string arguments)
    {
        var given = arguments.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Split('=', 2)).ToImmutableSortedDictionary(
            pair => pair[0], object (pair) => pair[0].EndsWith("item_ids", StringComparison.Ordinal) ? pair[1].Split(',').ToImmutableArray() : pair[1], StringComparer.Ordinal);
        var now = DateTimeOffset.UnixEpoch;
        var call = new ToolCall(tool, given, new ToolSubject("c1", ChannelNames.Chat, "en", new ProvenIdentity("nora_ek_1", "Nora Ek", "basic", now, now.AddMinutes(30))), $"c1:m{++_calls}");
        return _gate.CallAsync(call with { ConfirmedFingerprint = ToolFingerprint.Of(call) }, default);
    }
}
