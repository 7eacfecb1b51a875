using System.Collections.Immutable;
using CustomerService.Assistants.Tools;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>Tools that come and go.</summary>
internal sealed class ChangingTools : IToolSource
{
    private ImmutableArray<ITool> _tools = [];

    public event Action? Changed;

    public ImmutableArray<ITool> Tools
    {
        get => _tools;
        set
        {
            _tools = value;
            Changed?.Invoke();
        }
    }
}

/// <summary>A tool that always answers the same.</summary>
internal sealed class FixedTool(ToolContract contract, object? answer) : ITool
{
    public ToolContract Contract => contract;

    public ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation) => ValueTask.FromResult<ToolResult>(new ToolResult.Done(answer));
}
