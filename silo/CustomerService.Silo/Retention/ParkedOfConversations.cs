using CustomerService.Grains;
using CustomerService.Reporting.Retention;

namespace CustomerService.Silo.Retention;

/// <summary>Out of all that is parked: what conversations, what goes out of them and what is said of them could not handle.</summary>
/// <param name="parked">Of which grains something is parked, as <c>kind/key</c>; at most <see cref="MostRead"/>.</param>
internal sealed class ParkedOfConversations(Func<CancellationToken, ValueTask<IEnumerable<string>>> parked) : IParkedConversations
{
    public const int MostRead = 10_000;

    public async ValueTask<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation) =>
        (await parked(cancellation)).Select(IdOf).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private static string? IdOf(string grain) => grain.Split('/', 2) is [GrainKinds.Conversation or GrainKinds.Delivery or GrainKinds.Reviews, var id] ? id : null;
}
