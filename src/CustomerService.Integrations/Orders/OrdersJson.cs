using System.Text.Json.Serialization;

namespace CustomerService.Integrations.Orders;

/// <summary>How the tables of orders keep their records.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(ShopCustomer))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(OrderAction))]
[JsonSerializable(typeof(OrderOutcome))]
internal sealed partial class OrdersJson : JsonSerializerContext;
