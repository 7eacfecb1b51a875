using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;

namespace CustomerService.Assistants.Responses;

/// <summary>What an answer may ask the customer for, and what it remembers meanwhile (see <see cref="PendingRequest"/>).</summary>
public static class PendingKinds
{
    /// <summary>A proof of who the customer is.</summary>
    public const string Identity = "identity";

    /// <summary>Which order is meant.</summary>
    public const string OrderNumber = "order_number";

    /// <summary>How often one thing is asked for before a person takes over.</summary>
    internal const int MostAsks = 3;

    internal const string OrderSlot = "order";
    internal const string AskedSlot = "asked";

    private const string EmailSlot = "email";
    private const string PostalCodesSlot = "postal_codes";
    private const string NamesSlot = "names";
    private const char Separator = '\n';

    internal static int TimesAsked(PendingRequest? pending, string kind) =>
        pending?.Kind == kind && pending.Slots.TryGetValue(AskedSlot, out var text) && int.TryParse(text, out var asked) ? asked : 0;

    /// <summary>The part of a proof that was given before.</summary>
    internal static CustomerProof ProofSoFar(PendingRequest? pending)
    {
        if (pending?.Kind != Identity)
            return CustomerProof.Nothing;
        return new CustomerProof(
            pending.Slots.GetValueOrDefault(EmailSlot),
            [.. Split(pending.Slots.GetValueOrDefault(PostalCodesSlot))],
            [.. Split(pending.Slots.GetValueOrDefault(NamesSlot))]);
    }

    internal static IEnumerable<KeyValuePair<string, string>> SlotsOf(CustomerProof proof)
    {
        if (proof.Email is { } email)
            yield return new(EmailSlot, email);
        if (!proof.PostalCodes.IsEmpty)
            yield return new(PostalCodesSlot, string.Join(Separator, proof.PostalCodes));
        if (!proof.Names.IsEmpty)
            yield return new(NamesSlot, string.Join(Separator, proof.Names));
    }

    private static string[] Split(string? joined) => joined?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
