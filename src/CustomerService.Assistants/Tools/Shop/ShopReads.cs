using System.Collections.Immutable;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;

namespace CustomerService.Assistants.Tools.Shop;

/// <summary>What can be looked up. What belongs to a customer is read for the conversation's own customer only.</summary>
internal static class ShopReads
{
    private const int MostProducts = 10;
    private const int MostArticles = 3;

    public static IEnumerable<ITool> All(IOrderSystem orders)
    {
        yield return new ShopTool(
            new("find_my_orders", "Lists the customer's own orders with status and items.", "orders:read", []),
            async (call, cancellation) => new ToolResult.Done(
                RecordMaps.List(await orders.OrdersOfAsync(ShopTool.Subject(call).CustomerId, cancellation), RecordMaps.Brief)));

        yield return new ShopTool(
            new("get_order", "One of the customer's own orders with everything that is on record.", "orders:read", [OrderId]),
            async (call, cancellation) =>
                ShopTool.Misspelt(call.Text("order_id")!) is { } misspelt ? misspelt
                : await orders.FindOrderAsync(call.Text("order_id")!, cancellation) is { } order && order.CustomerId == ShopTool.Subject(call).CustomerId
                    ? new ToolResult.Done(await WithPaymentAsync(orders, order, cancellation))
                    : ShopTool.NotFound("order"));

        yield return new ShopTool(
            new("get_profile", "The customer's own name, email, default address and payment methods.", "profile:read", []),
            async (call, cancellation) => await orders.FindCustomerAsync(ShopTool.Subject(call).CustomerId, cancellation) is { } customer
                ? new ToolResult.Done(RecordMaps.Of(customer))
                : ShopTool.NotFound("customer"));

        yield return new ShopTool(
            new("get_product", "A product with its variants, their prices, and which are in stock.", "products:read",
                [new("product_id", ToolParameterType.Text, "The product's id.")])
            { NeedsIdentity = false },
            async (call, cancellation) => await orders.FindProductAsync(call.Text("product_id")!, cancellation) is { } product
                ? new ToolResult.Done(RecordMaps.Of(product))
                : ShopTool.NotFound("product"));

        yield return new ShopTool(
            new("find_products", "Products whose name has words of a text.", "products:read",
                [new("text", ToolParameterType.Text, "What is looked for, such as 'desk lamp'.")])
            { NeedsIdentity = false },
            async (call, cancellation) => new ToolResult.Done(
                RecordMaps.List(await orders.FindProductsAsync(call.Text("text")!, MostProducts, cancellation), Brief)));

        yield return new ShopTool(
            new("get_item", "One variant of a product: its options, price, and whether it is in stock.", "products:read",
                [new("item_id", ToolParameterType.Text, "The variant's id.")])
            { NeedsIdentity = false },
            async (call, cancellation) =>
            {
                var id = call.Text("item_id")!;
                if (await orders.FindProductOfItemAsync(id, cancellation) is not { } product || product.Variants.FirstOrDefault(variant => variant.ItemId == id) is not { } item)
                    return ShopTool.NotFound("item");
                var map = RecordMaps.Of(item);
                (map["product_id"], map["name"]) = (product.Id, product.Name);
                return new ToolResult.Done(map);
            });
    }

    public static ITool SearchKnowledge(IKnowledgeBase knowledge) => new ShopTool(
        new("search_knowledge", "Passages of the shop's public articles about a question.", "knowledge:read",
            [new("query", ToolParameterType.Text, "The question, in the customer's words.")])
        { NeedsIdentity = false },
        async (call, cancellation) => new ToolResult.Done(await ArticlesAsync(knowledge, call, cancellation)));

    internal static ToolParameter OrderId { get; } = new("order_id", ToolParameterType.Text, "The order's number, such as #W2378156.");

    // How it was paid decides how fast a refund is there.
    private static async ValueTask<Dictionary<string, object?>> WithPaymentAsync(IOrderSystem orders, Order order, CancellationToken cancellation)
    {
        var customer = await orders.FindCustomerAsync(order.CustomerId, cancellation);
        var map = RecordMaps.Of(order);
        map["paid_with_kind"] = customer?.PaymentMethods.FirstOrDefault(method => method.Id == OrderRules.PaidWith(order))?.Kind;
        map["total"] = (double)order.Lines.Sum(line => line.Price);
        return map;
    }

    private static Dictionary<string, object?> Brief(Product product) => RecordMaps.Map(
        ("product_id", product.Id), ("name", product.Name), ("variants_in_stock", (long)product.Variants.Count(variant => variant.Available)),
        ("from_price", product.Variants is [] ? null : (double)product.Variants.Min(variant => variant.Price)));

    private static async ValueTask<List<object?>> ArticlesAsync(IKnowledgeBase knowledge, ToolCall call, CancellationToken cancellation)
    {
        var query = new KnowledgeQuery(call.Text("query")!, null, call.Subject.Language, null, false);
        return RecordMaps.List(
            (await knowledge.SearchAsync(query, cancellation)).Hits.Where(hit => !hit.Article.Internal).Take(MostArticles),
            hit => RecordMaps.Map(("id", hit.Article.Id), ("source", hit.Article.SourceId.ToString()), ("title", hit.Article.Title), ("passage", hit.Passage), ("score", hit.Score)));
    }
}
