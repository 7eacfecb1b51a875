using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Silo.Interpreting;

/// <summary>Whoever has a conversation: what they read, and the names of people that no translation may touch.</summary>
/// <param name="Languages">ISO 639-1, the main one first.</param>
internal sealed record Readers(ImmutableArray<string> Languages, ImmutableArray<string> Names)
{
    private const string LanguageSkill = "language.";

    /// <summary>An agent's own language skills go before their queue's languages; of both, what the queue names comes first.</summary>
    public static async ValueTask<Readers> OfAsync(
        IGrainClient grains, string customerId, string? agentId, ImmutableArray<string> ofQueue, CancellationToken cancellation)
    {
        var agent = agentId is null ? null : await grains.AskAsync(Grain.Agent(agentId), new GetAgent(), cancellation) as AgentView;
        var customer = await grains.AskAsync(Grain.Customer(customerId), new GetCustomer(), cancellation) as CustomerView;
        return new Readers(
            LanguagesOf(agent, ofQueue),
            [.. new[] { customer?.Profile.Name, agent?.Name }.OfType<string>().Where(name => !string.IsNullOrWhiteSpace(name))]);
    }

    internal static ImmutableArray<string> LanguagesOf(AgentView? agent, ImmutableArray<string> ofQueue)
    {
        var own = (agent?.Skills ?? [])
            .Where(skill => skill.StartsWith(LanguageSkill, StringComparison.Ordinal))
            .Select(skill => skill[LanguageSkill.Length..])
            .Order(StringComparer.Ordinal)
            .ToArray();
        return own.Length == 0 ? ofQueue : [.. ofQueue.Where(own.Contains), .. own.Where(language => !ofQueue.Contains(language))];
    }
}
