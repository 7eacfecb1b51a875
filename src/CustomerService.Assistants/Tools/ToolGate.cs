using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerService.Assistants.Tools;

/// <summary>
/// The one way to a tool. It holds what no model can talk its way around: known arguments of the right shape, a proven identity, and for
/// every change the customer's own yes to exactly these arguments. A fault is a refusal too, so that callers have one thing to handle.
/// </summary>
public sealed class ToolGate
{
    private const int LongestArgument = 2_000;
    private const int LongestList = 100;

    private readonly FrozenDictionary<string, ITool> _tools;
    private readonly ImmutableArray<ToolContract> _own;
    private readonly IToolSource? _more;

    /// <param name="tools">The tools that are always there.</param>
    /// <param name="more">Others, which come and go; one that is named as a tool that is always there is not seen.</param>
    /// <exception cref="ArgumentException">Two tools have the same name.</exception>
    public ToolGate(IEnumerable<ITool> tools, IToolSource? more = null)
    {
        _more = more;
        var byName = new Dictionary<string, ITool>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            if (!byName.TryAdd(tool.Contract.Name, tool))
                throw new ArgumentException($"Two tools are named '{tool.Contract.Name}'; rename one of them.", nameof(tools));
        }

        _tools = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _own = [.. _tools.Values.Select(tool => tool.Contract).OrderBy(contract => contract.Name, StringComparer.Ordinal)];
    }

    /// <summary>There are other tools now.</summary>
    public event Action? Changed
    {
        add => _more?.Changed += value;
        remove => _more?.Changed -= value;
    }

    /// <summary>What there is now, by name.</summary>
    public ImmutableArray<ToolContract> Contracts => _more is { Tools: { IsEmpty: false } more }
        ? [.. _own.Concat(more.Select(tool => tool.Contract).Where(contract => !_tools.ContainsKey(contract.Name))).OrderBy(contract => contract.Name, StringComparer.Ordinal)]
        : _own;

    public ToolContract? Find(string tool) => ToolNamed(tool)?.Contract;

    /// <summary>Calls a tool if all rules allow it. Only the caller's own cancellation is an exception.</summary>
    public async ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        if (ToolNamed(call.Tool) is not { } tool)
            return new ToolResult.Refused(ToolRefusals.UnknownTool, $"there is no tool '{call.Tool}'");
        if (Refusal(tool.Contract, call) is { } refused)
            return refused;
        try
        {
            return await tool.CallAsync(call, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever is behind a tool may fail in its own way; the conversation goes on without it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new ToolResult.Refused(ToolRefusals.Unavailable, $"{call.Tool} can't be done now ({fault.GetType().Name})");
        }
    }

    private ITool? ToolNamed(string name) => _tools.GetValueOrDefault(name) ?? _more?.Tools.FirstOrDefault(tool => tool.Contract.Name == name);

    /// <summary>What speaks against a call, before the tool itself looks at it; null: nothing.</summary>
    public static ToolResult.Refused? Refusal(ToolContract contract, ToolCall call)
    {
        if (WrongArguments(contract, call) is { } problem)
            return new ToolResult.Refused(ToolRefusals.BadArguments, $"{contract.Name}: {problem}");
        if (contract.NeedsIdentity && call.Subject.Identity is null)
            return new ToolResult.Refused(ToolRefusals.IdentityNeeded, $"{contract.Name} needs the customer's proof of identity");
        if (contract.Writes && call.ConfirmedFingerprint != ToolFingerprint.Of(call))
            return new ToolResult.Refused(ToolRefusals.ConfirmationNeeded, $"{contract.Name} needs the customer's yes to exactly this");
        return null;
    }

    private static string? WrongArguments(ToolContract contract, ToolCall call)
    {
        foreach (var name in call.Arguments.Keys)
        {
            if (!contract.Parameters.Any(parameter => parameter.Name == name))
                return $"it takes no '{name}'";
        }

        foreach (var parameter in contract.Parameters)
        {
            if (!call.Arguments.TryGetValue(parameter.Name, out var value))
            {
                if (parameter.Required)
                    return $"'{parameter.Name}' is missing";
            }
            else if (WrongValue(parameter, value) is { } problem)
            {
                return $"'{parameter.Name}' {problem}";
            }
        }

        return null;
    }

    private static string? WrongValue(ToolParameter parameter, object value) => (parameter.Type, value) switch
    {
        (ToolParameterType.Text, string { Length: > LongestArgument }) => $"is longer than {LongestArgument} characters",
        (ToolParameterType.Text, string text) when !parameter.OneOf.IsEmpty && !parameter.OneOf.Contains(text) => $"must be one of {string.Join(", ", parameter.OneOf)}",
        (ToolParameterType.Text, string { Length: > 0 }) => null,
        (ToolParameterType.Text, _) => "must be a text",
        (ToolParameterType.Number, double number) => double.IsFinite(number) ? null : "must be a finite number",
        (ToolParameterType.Number, _) => "must be a number",
        (_, ImmutableArray<string> { IsDefaultOrEmpty: false, Length: <= LongestList } list) => list.All(item => item is { Length: > 0 and <= LongestArgument }) ? null : "has an empty or overlong entry",
        _ => $"must be a list of 1 to {LongestList} texts",
    };
}
