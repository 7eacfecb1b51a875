using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

public sealed record Product(string Id, string Name, ImmutableArray<ProductVariant> Variants);

/// <param name="ItemId">Unique among all products' variants.</param>
/// <param name="Price">In the shop's currency.</param>
/// <param name="Available">In stock.</param>
/// <param name="Options">What tells it from the other variants.</param>
public sealed record ProductVariant(string ItemId, decimal Price, bool Available, ImmutableSortedDictionary<string, string> Options);
