using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Orders;

/// <summary>A shop of two customers and three orders, as the file that an owner imports.</summary>
internal static class SmallShop
{
    internal const string Json = """
        {
          "products": {
            "100": {
              "name": "Lamp", "product_id": "100",
              "variants": {
                "101": { "item_id": "101", "options": { "colour": "red" }, "available": true, "price": 20.5 },
                "102": { "item_id": "102", "options": { "colour": "blue" }, "available": false, "price": 22 }
              }
            }
          },
          "users": {
            "lena_berg_1": {
              "user_id": "lena_berg_1",
              "name": { "first_name": "Lena", "last_name": "Berg" },
              "address": { "address1": "1 Hill Road", "address2": "", "city": "Bergen", "country": "NO", "state": "", "zip": "50142" },
              "email": "Lena.Berg@example.com",
              "tier": "Gold",
              "payment_methods": {
                "card_1": { "source": "credit_card", "id": "card_1", "brand": "visa", "last_four": "4111111111111234" },
                "gift_1": { "source": "gift_card", "id": "gift_1", "balance": 15.25 }
              },
              "orders": ["#W2000002", "#W1000001"]
            },
            "omar_diaz_2": {
              "user_id": "omar_diaz_2",
              "name": { "first_name": "Omar", "last_name": "Díaz" },
              "address": { "address1": "2 Low Street", "city": "Leeds", "country": "UK", "zip": "LS1 4AP" },
              "email": "omar@example.com",
              "payment_methods": {},
              "orders": ["#W3000003"]
            }
          },
          "orders": {
            "#W1000001": {
              "order_id": "#W1000001", "user_id": "lena_berg_1",
              "address": { "address1": "1 Hill Road", "city": "Bergen", "country": "NO", "zip": "50142" },
              "items": [ { "name": "Lamp", "product_id": "100", "item_id": "101", "price": 20.5, "options": { "colour": "red" } } ],
              "status": "delivered",
              "fulfillments": [ { "tracking_id": ["T-1"], "item_ids": ["101"] } ],
              "payment_history": [ { "transaction_type": "payment", "amount": 20.5, "payment_method_id": "card_1" } ]
            },
            "#W2000002": {
              "order_id": "#W2000002", "user_id": "lena_berg_1",
              "address": { "address1": "1 Hill Road", "city": "Bergen", "country": "NO", "zip": "50142" },
              "items": [], "status": "cancelled", "fulfillments": [], "payment_history": [], "cancel_reason": "no longer needed"
            },
            "#W3000003": {
              "order_id": "#W3000003", "user_id": "omar_diaz_2",
              "address": { "address1": "2 Low Street", "city": "Leeds", "country": "UK", "zip": "LS1 4AP" },
              "items": [], "status": "pending", "fulfillments": [], "payment_history": []
            }
          }
        }
        """;

    internal static SqliteOrderSystem OpenIn(TemporaryFolder folder)
    {
        var orders = new SqliteOrderSystem(folder.File("orders.db"));
        new OrderImport(orders).Run(folder.Write("shop.json", Json));
        return orders;
    }
}
