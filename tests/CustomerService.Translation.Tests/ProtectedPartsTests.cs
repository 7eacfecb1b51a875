using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Tests;

public sealed class ProtectedPartsTests
{
    [Theory]
    [InlineData("My order #W2378156 is late", "#W2378156")]
    [InlineData("Order W2378156.", "W2378156")]
    [InlineData("Tracking 1Z999AA10123456784!", "1Z999AA10123456784")]
    [InlineData("You paid $1,234.50 for it", "$1,234.50")]
    [InlineData("Das kostet 49,99 € heute", "49,99 €")]
    [InlineData("It is EUR 49.99 or 49.99 USD", "EUR 49.99|49.99 USD")]
    [InlineData("30% off until 2026-11-22 at 14:30", "30%|2026-11-22|14:30")]
    [InlineData("Write to help@shop.example, or see https://shop.example/a?b=1.", "help@shop.example|https://shop.example/a?b=1")]
    [InlineData("Hello {{name}}, {order_id} and %CODE%", "{{name}}|{order_id}|%CODE%")]
    [InlineData("注文番号はW1234567です。¥1,200でした", "W1234567|¥1,200")]
    [InlineData("Call +4915112345678 please", "+4915112345678")]
    [InlineData("I have 3 parcels, the 2nd is a 3-day one", "")]
    [InlineData("Card 4111 1111 1111 1111, phone +34 600 00 00 00", "4111 1111 1111 1111|+34 600 00 00 00")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00")]
    [InlineData("I bought 2 of 14 in 2024", "")]
    [InlineData("the shirt in XL-20 and SKU AB_12/7", "XL-20|AB_12/7")]
    [InlineData("no digits here", "")]
    public void What_must_not_change_is_found(string text, string expected)
    {
        var parts = ProtectedParts.Find(text, [], [], everyNumber: false);

        Assert.Equal(expected, string.Join('|', parts.Select(part => text.Substring(part.Start, part.Length))));
    }

    [Fact]
    public void Small_numbers_are_found_where_all_are_asked_for()
    {
        const string text = "I have 3 parcels, the 2nd is a 3-day one";

        Assert.Equal(["3", "3"], ProtectedParts.Find(text, [], [], everyNumber: true).Select(part => text.Substring(part.Start, part.Length)));
    }

    [Fact]
    public void Names_and_terms_are_found_as_whole_words()
    {
        const string text = "Rose Hill asked Roseanne about Store credit and the rose";
        var parts = ProtectedParts.Find(text, [KeyValuePair.Create("store credit", "saldo")], ["Rose Hill"], everyNumber: false);

        Assert.Equal(["Rose Hill", "saldo"], parts.Select(part => part.Restored));
    }

    [Theory]
    [InlineData("1,234.50", "1.234,5")]
    [InlineData("1 234 567", "1 234 567")]
    [InlineData("1,000", "1.000")]
    [InlineData("0.5 and 7", "7 y 0,50")]
    [InlineData("on 22.11.2026", "2026-11-22")]
    [InlineData("３個", "3 pieces")]
    public void Numbers_are_compared_by_value(string one, string other) => Assert.Equal(NumberValues.In(one), NumberValues.In(other));

    [Theory]
    [InlineData("1,234.50", "1,234.05")]
    [InlineData("3 days", "three days")]
    [InlineData("7", "7 7")]
    [InlineData("1.5", "15")]
    public void Other_numbers_are_told_apart(string one, string other) => Assert.NotEqual(NumberValues.In(one), NumberValues.In(other));
}
