using CustomerService.Pipelines.Expressions;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>Reads the reason that a pipeline gives for a handoff: a text, or a list of texts or of factors that spoke against an answer.</summary>
internal static class HandoffReason
{
    /// <summary>One line; null when nothing is given.</summary>
    public static string? Of(object? given)
    {
        if (given is not IReadOnlyList<object?> list)
            return given is string { Length: > 0 } text ? text : null;
        var reasons = list.Where(item => Values.Field(item, "blocks") is not false).Select(One).Where(reason => reason.Length > 0).ToArray();
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private static string One(object? item) => item is IReadOnlyDictionary<string, object?>
        ? Values.ToText(Values.Field(item, "detail") ?? Values.Field(item, "factor"))
        : Values.ToText(item);
}
