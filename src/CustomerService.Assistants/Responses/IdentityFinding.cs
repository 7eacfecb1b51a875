using CustomerService.Grains.Conversations;
using CustomerService.Integrations.Identity;

namespace CustomerService.Assistants.Responses;

/// <summary>What this message did for the proof of identity.</summary>
/// <param name="Proven">Proven now or before, and still holding.</param>
/// <param name="Failed">A whole proof was offered and did not hold.</param>
/// <param name="SoFar">What was given, now and before, of a proof that is not whole yet.</param>
internal sealed record IdentityFinding(ProvenIdentity? Proven, bool Failed, CustomerProof SoFar)
{
    /// <summary>Not by anything that the customer says: the owner's site has signed who they are.</summary>
    public bool Vouched { get; init; }

    public static IdentityFinding None { get; } = new(null, false, CustomerProof.Nothing);

    /// <summary>Wrong proofs in one conversation before nothing more is tried and a person takes over.</summary>
    public const int MostFailures = 5;
}
