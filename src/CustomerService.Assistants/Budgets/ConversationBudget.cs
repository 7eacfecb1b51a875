using System.Globalization;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Budgets;

/// <summary>What chat models may take for one conversation.</summary>
internal static class ConversationBudget
{
    /// <summary>Null: a call may be made. Else why not. A call that begins within the budget may end over it.</summary>
    public static string? Refusal(RunScope run, ModelAllowance limit)
    {
        var spent = (run.Context.Spent ?? ModelSpend.None) + (run.Draft.Spent ?? ModelSpend.None);
        var left = limit - new ModelAllowance(spent.Tokens, spent.Cost, spent.Seconds);
        if (!left.IsUsedUp)
            return null;
        var what = left.Tokens <= 0 ? $"{limit.Tokens:N0} tokens" : left.Dollars <= 0 ? $"${limit.Dollars}" : $"{limit.Seconds:0} s";
        return string.Create(CultureInfo.InvariantCulture, $"over the conversation's budget of {what}");
    }
}
