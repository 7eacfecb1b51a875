using CustomerService.Assistants.Tools.Shop;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;

namespace CustomerService.Assistants.Tools;

/// <summary>The tools that come with the program.</summary>
public static class ShopTools
{
    /// <summary>Reads and writes of the order system, the public articles, arithmetic, and the way to a person.</summary>
    public static IEnumerable<ITool> All(IOrderSystem orders, IKnowledgeBase knowledge) =>
        [.. OfOrders(orders), ShopReads.SearchKnowledge(knowledge)];

    /// <summary>The same without the articles.</summary>
    public static IEnumerable<ITool> OfOrders(IOrderSystem orders) =>
        [.. ShopReads.All(orders), .. ShopWrites.All(orders), Calculate.Tool, TransferToHuman.Tool];
}
