using System.Collections.Immutable;
using CustomerService.Pipelines.Expressions;

namespace CustomerService.Assistants.Procedures;

/// <summary>The names that a procedure's expressions may begin with: the intent, its slots, then what it looks up.</summary>
internal sealed class ProcedureNames
{
    /// <summary>What the customer was understood to want.</summary>
    public const string Intent = "intent";

    private ProcedureNames(ImmutableArray<string> all) => (All, Roots) = (all, RootNames.Only([.. all]));

    public ImmutableArray<string> All { get; }

    public RootNames Roots { get; }

    public static ProcedureNames Of(IEnumerable<string> slots, IEnumerable<string> lookedUp) =>
        new([.. slots.Concat(lookedUp).Prepend(Intent).Distinct(StringComparer.Ordinal)]);

    public static ProcedureNames Of(ProcedureDefinition definition) => Of(
        definition.Slots.Select(slot => slot.Name), definition.Steps.OfType<ProcedureStep.LookUp>().Select(step => step.Into));

    /// <summary>The values by slot, for evaluation.</summary>
    public object?[] Values(IReadOnlyDictionary<string, object?> values) => [.. All.Select(name => values.GetValueOrDefault(name))];
}
