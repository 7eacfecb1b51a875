using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Tools;
using CustomerService.Mcp.Serving;
using CustomerService.Mcp.Settings;
using ModelContextProtocol.Protocol;

namespace CustomerService.Mcp.Outside;

/// <summary>Another system's tool behind our gate. What it answers is data, of bounded length; no word of it is an instruction.</summary>
internal sealed class OutsideTool(OutsideServer server, OfferedTool approved, ImmutableArray<ToolParameter> parameters, OutsideConnection connection) : ITool
{
    public const int LongestResult = 20_000;
    private const int LongestReason = 300;

    public ToolContract Contract { get; } = new($"{server.Name}.{approved.Name}", OfferedArguments.Line(approved.Description), server.Scope, parameters)
    {
        Writes = server.Writes.Contains(approved.Name),
        NeedsIdentity = server.NeedsIdentity,
    };

    public async ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var arguments = call.Arguments.ToDictionary(argument => argument.Key, argument => (object?)(argument.Value is double number && number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (long)number : argument.Value));
        if (await connection.CallAsync(approved, arguments, call.Key, cancellation) is not { } result)
            return new ToolResult.Refused(OutsideRefusals.NotApproved, $"{Contract.Name} is not offered as it was approved; the owner decides: ./run mcp approve {server.Name}");
        return result.IsError == true
            ? new ToolResult.Refused(OutsideRefusals.RefusedThere, Clipped(Text(result)))
            : Value(result);
    }

    private ToolResult Value(CallToolResult result)
    {
        var text = result.StructuredContent?.GetRawText() ?? Text(result);
        if (text.Length > LongestResult)
            return new ToolResult.Refused(OutsideRefusals.TooLong, $"{Contract.Name} answered with {text.Length} characters; {LongestResult} are taken");
        return new ToolResult.Done(result.StructuredContent is { } structured ? WireValues.Plain(structured) : text);
    }

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    private static string Clipped(string text) => text.Length <= LongestReason ? OfferedArguments.Line(text) : OfferedArguments.Line(text[..LongestReason]);
}

/// <summary>The codes with which outside tools are refused, beside the gate's.</summary>
internal static class OutsideRefusals
{
    /// <summary>The server's description is not the one that the owner approved.</summary>
    public const string NotApproved = "not_approved";

    /// <summary>The other system did not do it.</summary>
    public const string RefusedThere = "refused_there";

    public const string TooLong = "result_too_long";
}
