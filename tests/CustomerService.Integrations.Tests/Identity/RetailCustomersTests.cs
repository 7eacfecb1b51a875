using System.Text.Json;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Identity;

/// <summary>A whole shop's customers, proving who they are in words of their own.</summary>
public sealed class RetailCustomersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteOrderSystem _orders;
    private readonly IdentityCheck _check;

    public RetailCustomersTests()
    {
        _orders = new SqliteOrderSystem(_folder.File("orders.db"));
        _check = new IdentityCheck(_orders, new ManualTime());
    }

    public void Dispose()
    {
        _orders.Dispose();
        _folder.Dispose();
    }

    [RequiresFact("shared")]
    public async Task EveryCustomer_CanProveWhoTheyAre_AndNobodyElse()
    {
        new OrderImport(_orders).Run(Retail("db.json"));
        using var shop = JsonDocument.Parse(await File.ReadAllBytesAsync(Retail("db.json")));
        var failed = new List<string>();
        foreach (var user in shop.RootElement.GetProperty("users").EnumerateObject())
        {
            var (first, last) = (Text(user.Value, "name", "first_name"), Text(user.Value, "name", "last_name"));
            var (email, zip) = (Text(user.Value, "email"), Text(user.Value, "address", "zip"));
            string[] messages =
            [
                $"I'm {first} {last}, zip {zip}",
                $"{email} {zip}",
                $"{first} {last} {zip}".ToLowerInvariant(),
                $"Where is my order #W2378156? My name is {first} {last} and I live in {zip}.",
                $"Sure, it's {first} {last}. Email {email.ToUpperInvariant()}, postcode {zip}",
            ];
            foreach (var message in messages)
            {
                if ((await _check.ProveAsync(CustomerProof.FindIn(message), default))?.Id != user.Name)
                    failed.Add(message);
            }
        }

        Assert.True(failed.Count == 0, string.Join(Environment.NewLine, failed.Take(10)));
    }

    [RequiresFact("shared")]
    public async Task CustomersOfTheCases_ProveWhoTheyAreByWhatTheyKnow()
    {
        new OrderImport(_orders).Run(Retail("db.json"));
        using var cases = JsonDocument.Parse(await File.ReadAllBytesAsync(Retail("tasks.json")));
        var proven = 0;
        var failed = new List<string>();
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            var known = Text(item, "user_scenario", "instructions", "known_info");
            var search = item.GetProperty("evaluation_criteria").GetProperty("actions").EnumerateArray()
                .FirstOrDefault(action => Text(action, "name") == "find_user_id_by_name_zip");
            if (search.ValueKind == JsonValueKind.Undefined || !known.Contains(Text(search, "arguments", "last_name"), StringComparison.Ordinal))
                continue;
            var message = known.Replace("You are", "I am", StringComparison.Ordinal).Replace("Your", "My", StringComparison.Ordinal).Replace("You ", "I ", StringComparison.Ordinal);
            var customer = await _check.ProveAsync(CustomerProof.FindIn(message), default);
            if (customer?.FirstName == Text(search, "arguments", "first_name") && customer.LastName == Text(search, "arguments", "last_name"))
                proven++;
            else
                failed.Add(message);
        }

        Assert.True(proven >= 40 && failed.Count == 0, $"{proven} proved who they are; not these: {string.Join(Environment.NewLine, failed.Take(20))}");
    }

    private static string Retail(string file) => Path.Combine(Requires.SharedFolder!, "data", "retail", file);

    private static string Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, (found, name) => found.GetProperty(name)).GetString()!;
}
