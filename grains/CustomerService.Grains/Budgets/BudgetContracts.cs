using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Budgets;

namespace CustomerService.Grains.Budgets
{
    /// <summary>So much of what chat models take.</summary>
    /// <param name="Tokens">Read and written, together.</param>
    /// <param name="Dollars">US dollars.</param>
    /// <param name="Seconds">Of calls, together.</param>
    public sealed record ModelAllowance(long Tokens, decimal Dollars, double Seconds)
    {
        public static ModelAllowance None { get; } = new(0, 0, 0);

        /// <summary>No limit at all.</summary>
        public static ModelAllowance Unlimited { get; } = new(long.MaxValue, decimal.MaxValue, double.MaxValue);

        /// <summary>Whether any of the three is used up.</summary>
        [JsonIgnore]
        public bool IsUsedUp => Tokens <= 0 || Dollars <= 0 || Seconds <= 0;

        /// <summary>The lesser of each.</summary>
        public ModelAllowance Min(ModelAllowance other) =>
            new(Math.Min(Tokens, other.Tokens), Math.Min(Dollars, other.Dollars), Math.Min(Seconds, other.Seconds));

        public static ModelAllowance operator +(ModelAllowance left, ModelAllowance right) =>
            new(left.Tokens + right.Tokens, left.Dollars + right.Dollars, left.Seconds + right.Seconds);

        public static ModelAllowance operator -(ModelAllowance left, ModelAllowance right) =>
            new(left.Tokens - right.Tokens, left.Dollars - right.Dollars, left.Seconds - right.Seconds);
    }

    /// <summary>
    /// Takes a part of a day's budget into a process, to be spent there without asking for each call. Asked of the budget grain of that day
    /// (key <c>models:2026-11-22</c>, in UTC). Answer: <see cref="ModelLease"/>.
    /// </summary>
    /// <param name="Wanted">What the process would like to have.</param>
    /// <param name="Limit">What the day has altogether, by the settings of whoever asks: they may have been edited since the last time.</param>
    public sealed record LeaseModelBudget(ModelAllowance Wanted, ModelAllowance Limit) : Turns.Command;

    /// <summary>Gives back what a process that ends did not spend.</summary>
    public sealed record ReturnModelBudget(ModelAllowance Unspent) : Turns.Command;

    /// <summary>Answer: <see cref="ModelBudgetView"/>.</summary>
    public sealed record GetModelBudget : Turns.Query;

    /// <param name="Granted">As much as is left of what was wanted; of each at least 0.</param>
    public sealed record ModelLease(ModelAllowance Granted) : Turns.Reply;

    /// <param name="Leased">What processes have taken and not given back: spent, or about to be.</param>
    public sealed record ModelBudgetView(ModelAllowance Leased) : Turns.Reply;

    /// <summary>A day's record.</summary>
    /// <param name="Remembered">The last leases and returns, so that a repeated command takes nothing twice.</param>
    public sealed record BudgetState(string Key, ModelAllowance Leased, ImmutableList<RememberedLease> Remembered)
    {
        /// <summary>How many are remembered: more than are ever asked for before one is repeated.</summary>
        public const int RememberedLength = 64;
    }

    public sealed record RememberedLease(string Id, ModelAllowance Granted);
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(LeaseModelBudget), "budget.lease")]
    [JsonDerivedType(typeof(ReturnModelBudget), "budget.return")]
    [JsonDerivedType(typeof(GetModelBudget), "budget.get")]
    public partial record Command;

    [JsonDerivedType(typeof(ModelLease), "budget.leased")]
    [JsonDerivedType(typeof(ModelBudgetView), "budget.view")]
    public partial record Reply;
}
