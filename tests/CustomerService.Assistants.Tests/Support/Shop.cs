using System.Text.Json;
using CustomerService.Integrations.Orders;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>An order system of two customers on a real database in a folder of its own.</summary>
internal sealed class Shop : IDisposable
{
    public const string LenasPending = "#W2000002";
    public const string LenasDelivered = "#W1000001";
    public const string LenasCancelled = "#W4000004";
    public const string OmarsOnly = "#W3000003";

    private const string Json = """
        {
          "products": {},
          "users": {
            "lena_berg_1": {
              "user_id": "lena_berg_1",
              "name": { "first_name": "Lena", "last_name": "Berg" },
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Denver", "country": "USA", "state": "CO", "zip": "80279" },
              "email": "lena.berg@example.com",
              "tier": "Gold",
              "payment_methods": {
                "card_1": { "source": "credit_card", "id": "card_1", "brand": "visa", "last_four": "1234" },
                "gift_1": { "source": "gift_card", "id": "gift_1", "balance": 15.25 }
              },
              "orders": ["#W1000001", "#W2000002", "#W4000004"]
            },
            "omar_diaz_2": {
              "user_id": "omar_diaz_2",
              "name": { "first_name": "Omar", "last_name": "Diaz" },
              "address": { "address1": "2 Low Street", "address2": "", "city": "Dallas", "country": "USA", "state": "TX", "zip": "75277" },
              "email": "omar@example.com",
              "payment_methods": {},
              "orders": ["#W3000003"]
            }
          },
          "orders": {
            "#W1000001": {
              "order_id": "#W1000001", "user_id": "lena_berg_1",
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Denver", "country": "USA", "state": "CO", "zip": "80279" },
              "items": [
                { "name": "Desk Lamp", "product_id": "100", "item_id": "101", "price": 20.5, "options": { "colour": "red" } },
                { "name": "Desk Lamp", "product_id": "100", "item_id": "102", "price": 20.5, "options": { "colour": "blue" } }
              ],
              "status": "delivered",
              "fulfillments": [ { "tracking_id": ["357962501027"], "item_ids": ["101", "102"] } ],
              "payment_history": [ { "transaction_type": "payment", "amount": 41.0, "payment_method_id": "card_1" } ]
            },
            "#W2000002": {
              "order_id": "#W2000002", "user_id": "lena_berg_1",
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Denver", "country": "USA", "state": "CO", "zip": "80279" },
              "items": [ { "name": "Office Chair", "product_id": "200", "item_id": "201", "price": 488.81, "options": { "colour": "black" } } ],
              "status": "pending", "fulfillments": [],
              "payment_history": [ { "transaction_type": "payment", "amount": 488.81, "payment_method_id": "card_1" } ]
            },
            "#W4000004": {
              "order_id": "#W4000004", "user_id": "lena_berg_1",
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Denver", "country": "USA", "state": "CO", "zip": "80279" },
              "items": [ { "name": "Bookshelf", "product_id": "300", "item_id": "301", "price": 1463.04, "options": { "colour": "black" } } ],
              "status": "cancelled", "cancel_reason": "no longer needed", "fulfillments": [],
              "payment_history": [
                { "transaction_type": "payment", "amount": 1463.04, "payment_method_id": "card_1" },
                { "transaction_type": "refund", "amount": 1463.04, "payment_method_id": "card_1" }
              ]
            },
            "#W3000003": {
              "order_id": "#W3000003", "user_id": "omar_diaz_2",
              "address": { "address1": "2 Low Street", "address2": "", "city": "Dallas", "country": "USA", "state": "TX", "zip": "75277" },
              "items": [ { "name": "Electric Kettle", "product_id": "400", "item_id": "401", "price": 158.9, "options": { "colour": "silver" } } ],
              "status": "processed",
              "fulfillments": [ { "tracking_id": ["490313116609"], "item_ids": ["401"] } ],
              "payment_history": [ { "transaction_type": "payment", "amount": 158.9, "payment_method_id": "card_1" } ]
            }
          }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assistants-tests-");

    /// <param name="lampsName">What the first item of Lena's delivered order is called: names are data from outside.</param>
    public Shop(string? lampsName = null)
    {
        var file = Path.Combine(_folder.FullName, "shop.json");
        File.WriteAllText(file, lampsName is null ? Json : Json.Replace("\"name\": \"Desk Lamp\"", "\"name\": " + JsonSerializer.Serialize(lampsName), StringComparison.Ordinal));
        Orders = new SqliteOrderSystem(Path.Combine(_folder.FullName, "orders.db"));
        new OrderImport(Orders).Run(file);
    }

    public SqliteOrderSystem Orders { get; }

    public void Dispose()
    {
        Orders.Dispose();
        _folder.Delete(recursive: true);
    }
}
