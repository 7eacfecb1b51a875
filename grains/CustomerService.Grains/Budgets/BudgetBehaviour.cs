using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Budgets;

/// <summary>
/// What chat models may take in one day, over all processes. Processes lease parts of it, so that a call of a model costs no turn; a process
/// that dies takes at most its lease with it.
/// </summary>
public sealed class BudgetBehaviour : IGrainBehaviour<BudgetState>
{
    private BudgetBehaviour()
    {
    }

    public static string Kind => GrainKinds.Budget;

    public static int StateVersion => 1;

    public static JsonTypeInfo<BudgetState> StateJson => GrainsJson.Default.BudgetState;

    public static BudgetState Initial(string key) => new(key, ModelAllowance.None, []);

    public static Turn<BudgetState> Handle(BudgetState state, Command command, DateTimeOffset now) => command switch
    {
        LeaseModelBudget lease => Lease(state, lease),
        ReturnModelBudget back => Return(state, back),
        GetModelBudget => Turn.Unchanged(state, new ModelBudgetView(state.Leased)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<BudgetState> Lease(BudgetState state, LeaseModelBudget lease)
    {
        if (Known(state, lease.Id) is { } before)
            return Turn.Unchanged(state, new ModelLease(before.Granted));

        // Of an allowance that lacks one of the three the others are no use, so nothing is taken.
        var granted = lease.Wanted.Min(lease.Limit - state.Leased);
        if (granted.IsUsedUp)
            return Turn.Unchanged(state, new ModelLease(ModelAllowance.None));
        return Turn.Of(Remember(state with { Leased = state.Leased + granted }, lease.Id, granted), new ModelLease(granted));
    }

    private static Turn<BudgetState> Return(BudgetState state, ReturnModelBudget back)
    {
        if (Known(state, back.Id) is not null)
            return Turn.Unchanged(state, Reply.Done);

        // Never more than was taken: a budget can't grow by what comes back.
        var returned = back.Unspent.Min(state.Leased);
        return Turn.Of(Remember(state with { Leased = state.Leased - returned }, back.Id, returned), Reply.Done);
    }

    private static RememberedLease? Known(BudgetState state, string id) => id.Length == 0 ? null : state.Remembered.Find(lease => lease.Id == id);

    private static BudgetState Remember(BudgetState state, string id, ModelAllowance granted)
    {
        var remembered = state.Remembered.Add(new RememberedLease(id, granted));
        return state with { Remembered = remembered.Count > BudgetState.RememberedLength ? remembered.RemoveAt(0) : remembered };
    }
}
