using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Tools;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Mcp.Settings;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace CustomerService.Mcp.Serving;

/// <summary>
/// Serves one client's calls: within its scopes, in a conversation that it may act in, on behalf of the customer whom the system itself knows
/// there, and by the gate, which holds for everybody. A change waits for the customer's yes; no client can give it.
/// </summary>
internal sealed partial class ToolDesk(
    Func<ToolGate> gate, IGrainClient grains, ConversationTokens tokens, Func<CustomerQuestions?> questions, ClientLimits limits, TimeProvider time, ILogger<ToolDesk> logger)
{
    private const int LongestConversation = 400;

    /// <summary>What this client may call.</summary>
    public IEnumerable<Tool> ToolsFor(McpClientGrant client)
    {
        ImmutableArray<ToolContract> granted = [.. gate().Contracts.Where(contract => client.Scopes.Contains(contract.Scope))];
        var tools = granted.Select(ToolForm.Of);
        return granted.Any(contract => contract.Writes) ? tools.Append(ToolForm.OutcomeTool) : tools;
    }

    public async ValueTask<CallAnswer> CallAsync(McpClientGrant client, string tool, IReadOnlyDictionary<string, JsonElement> given, CancellationToken cancellation)
    {
        var answer = limits.Admits(client)
            ? await AnswerAsync(client, tool, given, cancellation)
            : CallAnswer.Refused(McpRefusals.TooManyCalls, $"{client.Name} may make {client.CallsPerMinute} calls a minute; try again later");
        LogCall(client.Name, Known(client, tool), answer.Code);
        return answer;
    }

    private async ValueTask<CallAnswer> AnswerAsync(McpClientGrant client, string tool, IReadOnlyDictionary<string, JsonElement> given, CancellationToken cancellation)
    {
        if (Known(client, tool) is not { } name)
            return CallAnswer.Refused(McpRefusals.UnknownTool, "there is no such tool for this client");
        var contract = gate().Find(name);
        var (view, refused) = await ConversationAsync(client, given, contract is null || ToolForm.NeedsConversation(contract), cancellation);
        if (refused is not null)
            return refused;
        if (contract is null)
            return OutcomeOf(view!, given.GetValueOrDefault(ToolForm.Change));
        var answer = await ActAsync(client, name, view, given, cancellation);
        return view is null || await IsRecordedAsync(view, client, name, answer, cancellation)
            ? answer
            : CallAnswer.Refused(ToolRefusals.Unavailable, "the call can't be recorded in its conversation now; try again later");
    }

    private async ValueTask<CallAnswer> ActAsync(
        McpClientGrant client, string name, ConversationView? view, IReadOnlyDictionary<string, JsonElement> given, CancellationToken cancellation)
    {
        if (Arguments(given) is not { } arguments)
            return CallAnswer.Refused(ToolRefusals.BadArguments, $"{name}: arguments are texts, numbers and lists of texts");

        var call = new ToolCall(name, arguments, Subject(view), "");
        call = call with { Key = $"{call.Subject.ConversationId}:mcp:{client.Name}:{ToolFingerprint.Of(call)}" };
        var result = await gate().CallAsync(call, cancellation);
        if (result is ToolResult.Refused { Code: ToolRefusals.ConfirmationNeeded } needed)
            return await AskAsync(call, view!, client, needed, cancellation);
        if (result is ToolResult.Done && name == HandoffRequest.Tool && await HandoffRequest.MakeAsync(grains, view!, client.Name, call.Text("summary")!, cancellation) is { } failed)
            return failed;
        return CallAnswer.Of(result);
    }

    /// <summary>Before the answer leaves: what a client learns of a conversation, the conversation shows.</summary>
    private async ValueTask<bool> IsRecordedAsync(ConversationView view, McpClientGrant client, string name, CallAnswer answer, CancellationToken cancellation) =>
        await grains.AskAsync(Grain.Conversation(view.Id), new NoteToolCall($"mcp:{client.Name}", name, answer.Code), cancellation) is not Refused;

    /// <summary>The tool's name, if this client may call it; also what is logged, so that no made-up name is.</summary>
    private string? Known(McpClientGrant client, string tool) =>
        gate().Find(tool) is { } contract
            ? client.Scopes.Contains(contract.Scope) ? contract.Name : null
            : tool == ToolForm.ChangeOutcome && gate().Contracts.Any(each => each.Writes && client.Scopes.Contains(each.Scope)) ? tool : null;

    private async ValueTask<(ConversationView? View, CallAnswer? Refused)> ConversationAsync(
        McpClientGrant client, IReadOnlyDictionary<string, JsonElement> given, bool needed, CancellationToken cancellation)
    {
        if (!given.TryGetValue(ToolForm.Conversation, out var named))
            return (null, needed ? NoConversation("name the conversation that it is for") : null);
        var text = named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        var id = text.Length is 0 or > LongestConversation ? null : client.NeedsConversationToken ? tokens.Read(client.Name, text) : text;
        if (id is null)
            return (null, NoConversation(client.NeedsConversationToken ? "a token of this client for a conversation is needed, and this is none that holds" : "this is no conversation's id"));
        // One answer for a conversation that is not there and one of another customer: nobody learns which there are.
        return await grains.AskAsync(Grain.Conversation(id), new GetConversation(), cancellation) is ConversationView { Status: not ConversationStatus.New } view
            && (client.Customers.IsEmpty || (Proven(view) is { } identity && client.Customers.Contains(identity.CustomerId)))
            ? (view, null)
            : (null, NoConversation("there is no such conversation for this client"));
    }

    private static CallAnswer NoConversation(string reason) => CallAnswer.Refused(McpRefusals.NoConversation, reason);

    private ToolSubject Subject(ConversationView? view) => view is null
        ? new ToolSubject("", "mcp", "en", null)
        : new ToolSubject(view.Id, view.Channel, view.CustomerLanguage ?? "en", Proven(view));

    private ProvenIdentity? Proven(ConversationView view) => view.Identity is { } identity && time.GetUtcNow() < identity.Until ? identity : null;

    private static ImmutableSortedDictionary<string, object>? Arguments(IReadOnlyDictionary<string, JsonElement> given)
    {
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (name, json) in given.Where(argument => argument.Key != ToolForm.Conversation && argument.Value.ValueKind != JsonValueKind.Null))
        {
            if (WireValues.Argument(json) is not { } value)
                return null;
            arguments[name] = value;
        }

        return arguments.ToImmutable();
    }

    private async ValueTask<CallAnswer> AskAsync(ToolCall call, ConversationView view, McpClientGrant client, ToolResult.Refused needed, CancellationToken cancellation)
    {
        var change = ToolFingerprint.Of(call);
        var waits = view.Procedure?.AwaitsYesTo == change;
        var refused = waits ? null : questions() is { } asks ? await asks.PutAsync(call, view, client.Name, cancellation) : needed;
        // What could not be done after a yes either is no matter of the yes.
        if (refused is not null && !WaitsForCustomer(refused.Code))
            return CallAnswer.Refused(refused.Code, refused.Reason);
        var answer = CallAnswer.Refused(
            needed.Code, refused is null ? "the customer has been asked in the conversation; ask change_outcome for what became of it" : $"the customer could not be asked now: {refused.Reason}");
        answer.Body[ToolForm.Change] = change;
        answer.Body["asked"] = refused is null;
        return answer;
    }

    private static bool WaitsForCustomer(string code) => code is
        ToolRefusals.ConfirmationNeeded or "with_people" or "run_in_progress" or "question_open" or "conversation_resolved";

    private static CallAnswer OutcomeOf(ConversationView view, JsonElement change)
    {
        if (change.ValueKind != JsonValueKind.String)
            return CallAnswer.Refused(ToolRefusals.BadArguments, "change_outcome: 'change' is missing");
        var fingerprint = change.GetString()!;
        var last = view.Outcomes.LastOrDefault(outcome => outcome.Fingerprint == fingerprint);
        var (state, code) = view.Procedure?.AwaitsYesTo == fingerprint ? ("waiting", null)
            : last is null ? ("not_done", null)
            : last.Code == CallOutcome.Done ? ("done", null)
            : ("refused", last.Code);
        return CallAnswer.Done(new Dictionary<string, object?> { ["state"] = state, ["code"] = code });
    }

    [LoggerMessage(LogLevel.Information, "MCP client {Client} called {Tool}: {Outcome}")]
    private partial void LogCall(string client, string? tool, string outcome);
}
