using System.Collections.Immutable;

namespace CustomerService.Pipelines.Actions;

/// <summary>One call of a chat model, for the trace; a failed one too.</summary>
/// <param name="Cost">In US dollars; null where no price is configured.</param>
public sealed record ModelUse(string Role, string Provider, string Model, int InputTokens, int OutputTokens, decimal? Cost)
{
    /// <summary>The instructions that it got and their version, such as <c>answer v2</c>.</summary>
    public string? Prompt { get; init; }

    /// <summary>How long it took, with all attempts.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds until the first piece of the reply; null: none came.</summary>
    public double? FirstToken { get; init; }

    /// <summary>Why the reply was of no use; null: it was.</summary>
    public string? Fault { get; init; }

    /// <summary>The tools that the reply asked for, and what came of it.</summary>
    public ImmutableArray<ToolUse> Tools { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A tool that a chat model asked for. Never the arguments' values: they are customers' data.</summary>
/// <param name="Arguments">Their names.</param>
/// <param name="Outcome"><c>ok</c>, <c>proposed</c>, or the code of a refusal.</param>
public sealed record ToolUse(string Tool, ImmutableArray<string> Arguments, string Outcome);

/// <summary>The chat models that one task used, in order, whatever becomes of the task. Safe to add to from many threads.</summary>
public sealed class ModelLedger
{
    private readonly Lock _gate = new();
    private ImmutableArray<ModelUse> _uses = [];

    public ImmutableArray<ModelUse> Uses
    {
        get
        {
            lock (_gate)
                return _uses;
        }
    }

    public void Add(ModelUse use)
    {
        lock (_gate)
            _uses = _uses.Add(use);
    }

    /// <summary>Says of the last call what came of the tools that it asked for.</summary>
    public void AddTools(ImmutableArray<ToolUse> tools)
    {
        lock (_gate)
        {
            if (!_uses.IsEmpty)
                _uses = _uses.SetItem(_uses.Length - 1, _uses[^1] with { Tools = _uses[^1].Tools.AddRange(tools) });
        }
    }
}
