using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Assistants.Tools;

/// <summary>
/// Something that the assistant can look up or do. Call it through <see cref="ToolGate"/> only: the gate holds the rules that hold
/// for every tool, whoever asks (a procedure, a chat model, an MCP client).
/// </summary>
public interface ITool
{
    ToolContract Contract { get; }

    /// <summary>
    /// Does it. What the subject may not see or do is a <see cref="ToolResult.Refused"/>; the tool checks every record that it touches
    /// against <see cref="ToolSubject.Identity"/>, never against an argument. Faults are exceptions.
    /// </summary>
    ValueTask<ToolResult> CallAsync(ToolCall call, CancellationToken cancellation);
}

/// <summary>Tools that come and go while the program runs, such as other systems'.</summary>
public interface IToolSource
{
    /// <summary>The tools that there are now, each with a name of its own.</summary>
    ImmutableArray<ITool> Tools { get; }

    /// <summary>There are other tools now.</summary>
    event Action? Changed;
}

/// <summary>What a tool takes and needs.</summary>
/// <param name="Name">Lower case with underscores, such as <c>cancel_order</c>.</param>
/// <param name="Summary">One sentence: a chat model and an MCP client read it.</param>
/// <param name="Scope">What a client must have been granted, such as <c>orders:read</c>.</param>
public sealed record ToolContract(string Name, string Summary, string Scope, ImmutableArray<ToolParameter> Parameters)
{
    /// <summary>Whether it changes anything. Then it needs the customer's yes to exactly its arguments.</summary>
    public bool Writes { get; init; }

    /// <summary>Whether the conversation's customer must have proved who they are. Default: yes.</summary>
    public bool NeedsIdentity { get; init; } = true;
}

/// <param name="Summary">What it is, for whoever fills it in.</param>
public sealed record ToolParameter(string Name, ToolParameterType Type, string Summary, bool Required = true)
{
    /// <summary>The texts allowed; empty: any.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];
}

/// <summary>The shapes of arguments.</summary>
public enum ToolParameterType
{
    Text,
    Number,
    TextList,
}

/// <summary>On whose behalf a tool is called: the conversation's, as the system knows it. No model and no client can name another.</summary>
/// <param name="Language">ISO 639-1, for words in the result.</param>
/// <param name="Identity">Who the customer has proved to be; null: nobody yet.</param>
public sealed record ToolSubject(string ConversationId, string Channel, string Language, ProvenIdentity? Identity);

/// <summary>One call.</summary>
/// <param name="Arguments">By name: text, double, or a list of texts.</param>
/// <param name="Key">The same for a repeated call, so that a write happens once: conversation, message and step.</param>
public sealed record ToolCall(string Tool, ImmutableSortedDictionary<string, object> Arguments, ToolSubject Subject, string Key)
{
    /// <summary>The <see cref="ToolFingerprint"/> of what the customer said yes to; null: they were not asked.</summary>
    public string? ConfirmedFingerprint { get; init; }

    /// <summary>A text argument, or null.</summary>
    public string? Text(string name) => Arguments.GetValueOrDefault(name) as string;

    /// <summary>A list argument; empty where it is absent.</summary>
    public ImmutableArray<string> Texts(string name) => Arguments.GetValueOrDefault(name) is ImmutableArray<string> list ? list : [];
}

/// <summary>What came of a call.</summary>
public abstract record ToolResult
{
    private ToolResult()
    {
    }

    /// <param name="Value">Plain, as in a pipeline's results: null, bool, long, double, text, lists and maps of these.</param>
    public sealed record Done(object? Value) : ToolResult;

    /// <param name="Code">A stable word, such as <c>identity_needed</c> or <c>not_pending</c>.</param>
    /// <param name="Reason">In English, for traces and models; customers get the owner's words for the code.</param>
    public sealed record Refused(string Code, string Reason) : ToolResult;
}

/// <summary>The codes with which the gate itself refuses.</summary>
public static class ToolRefusals
{
    public const string UnknownTool = "unknown_tool";
    public const string BadArguments = "bad_arguments";
    public const string IdentityNeeded = "identity_needed";
    public const string ConfirmationNeeded = "confirmation_needed";
    public const string Unavailable = "unavailable";

    /// <summary>A record that is not the subject's, or does not exist: the two are never told apart.</summary>
    public const string NotFound = "not_found";
}
