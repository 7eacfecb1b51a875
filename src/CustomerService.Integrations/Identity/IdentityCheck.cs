using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Identity;

/// <summary>
/// Decides whether a customer is who they claim to be. The answer is the customer or nothing: an unknown address, a wrong postcode,
/// two customers that fit and too many tries all look the same, so nobody learns from it what is on file.
/// </summary>
/// <remarks>After five wrong claims to be one customer within an hour, all claims to be them fail for the rest of that hour, right ones too.</remarks>
public sealed class IdentityCheck(IOrderSystem orders, TimeProvider time)
{
    private readonly FailedProofs _failed = new(time);

    /// <returns>The one customer whom the details prove, or null.</returns>
    public async ValueTask<ShopCustomer?> ProveAsync(CustomerProof proof, CancellationToken cancellation)
    {
        if (!proof.IsComplete)
            return null;

        var candidates = new Dictionary<string, ShopCustomer>(StringComparer.Ordinal);
        if (proof.Email is { } email && await orders.FindCustomerByEmailAsync(email, cancellation) is { } known)
            candidates[known.Id] = known;
        foreach (var name in proof.Names)
        {
            var split = name.IndexOf(' ');
            foreach (var customer in await orders.FindCustomersByNameAsync(name[..split], name[(split + 1)..], cancellation))
                candidates[customer.Id] = customer;
        }

        var proven = candidates.Values.Where(proof.Matches).ToList();
        if (proven.Count == 1)
            return _failed.AreTooMany(proven[0].Id) ? null : proven[0];
        foreach (var customer in candidates.Keys)
            _failed.Add(customer);
        return null;
    }
}
