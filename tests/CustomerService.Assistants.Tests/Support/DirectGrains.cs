using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>The real grains, run directly: each command is one call of the behaviour. Effects are not carried out.</summary>
internal sealed class DirectGrains(TimeProvider time) : IGrainClient
{
    private static readonly Dictionary<string, GrainKind> Kinds = new[]
    {
        GrainKind.Of<ConversationBehaviour, ConversationState>(), GrainKind.Of<CustomerBehaviour, CustomerState>(), GrainKind.Of<AddressBehaviour, AddressState>(),
        GrainKind.Of<BudgetBehaviour, BudgetState>(),
    }.ToDictionary(kind => kind.Name);

    private readonly Dictionary<GrainId, object> _states = [];

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        var kind = Kinds[grain.Kind];
        var turn = kind.Handle(_states.GetValueOrDefault(grain) ?? kind.Initial(grain.Key), command, time.GetUtcNow());
        _states[grain] = turn.State;
        return ValueTask.FromResult(turn.Reply);
    }
}
