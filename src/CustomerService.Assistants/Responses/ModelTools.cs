using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Tools;
using CustomerService.Assistants.Tools.Shop;
using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Responses;

/// <summary>
/// The tools as one answer's model has them. It may look things up, always through the gate and always on the conversation's own customer; a
/// change is taken down as a proposal and never carried out.
/// </summary>
internal sealed class ModelTools(ToolGate gate, AnswerRequest request)
{
    private const int MostAtOnce = 5;
    private const int LongestResult = 8_000;
    private const string Proposed = "proposed";

    private readonly Dictionary<string, ImmutableArray<string>> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Result, string Outcome)> _answered = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>What was really returned: by source, its facts.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Sources => _sources;

    /// <summary>The first change that the model asked for.</summary>
    public ToolCall? Proposal { get; private set; }

    /// <summary>Whether the model asked for a person.</summary>
    public bool WantsPerson { get; private set; }

    /// <summary>The contracts as a model reads them.</summary>
    public static ImmutableArray<AITool> Declared(ToolGate gate) =>
        [.. gate.Contracts.Select(contract => AIFunctionFactory.CreateDeclaration(contract.Name, Summary(contract), ToolSchema.Of(contract)))];

    /// <summary>Answers the calls of one reply.</summary>
    public async ValueTask<(ChatMessage Results, ImmutableArray<ToolUse> Uses)> CallAsync(IReadOnlyList<FunctionCallContent> calls, CancellationToken cancellation)
    {
        var results = new List<AIContent>();
        var uses = ImmutableArray.CreateBuilder<ToolUse>();
        foreach (var (place, call) in calls.Index())
        {
            var (result, outcome) = place < MostAtOnce ? await CallAsync(call, cancellation) : (Refusal("too_many", $"at most {MostAtOnce} at once"), "too_many");
            results.Add(new FunctionResultContent(call.CallId, result));
            uses.Add(new ToolUse(gate.Find(call.Name) is null ? "unknown" : call.Name, [.. call.Arguments?.Keys.Take(20) ?? []], outcome));
        }

        return (new ChatMessage(ChatRole.Tool, results), uses.ToImmutable());
    }

    private async ValueTask<(string Result, string Outcome)> CallAsync(FunctionCallContent asked, CancellationToken cancellation)
    {
        if (asked.Exception is not null)
            return (Refusal(ToolRefusals.BadArguments, "the arguments are no JSON object"), ToolRefusals.BadArguments);
        var call = new ToolCall(asked.Name, JsonArguments.Of(gate.Find(asked.Name), asked.Arguments), Subject(), $"{request.Run.Context.ConversationId}:{request.Run.Context.Message.Id}:model-{++_calls}");
        if (gate.Find(asked.Name) is { Writes: true } contract)
            return Propose(contract, call);

        // A model that goes in circles is answered from what it has heard.
        var fingerprint = ToolFingerprint.Of(call);
        if (_answered.TryGetValue(fingerprint, out var known))
            return known;
        return _answered[fingerprint] = Told(call, await gate.CallAsync(call, cancellation));
    }

    private (string Result, string Outcome) Propose(ToolContract contract, ToolCall call)
    {
        // All that the gate would ask for, except the customer's yes: that is what the proposal is for.
        if (ToolGate.Refusal(contract with { Writes = false }, call) is { } refused)
            return (Refusal(refused.Code, refused.Reason), refused.Code);
        Proposal ??= call;
        return (Refusal(ToolRefusals.ConfirmationNeeded, "the customer is being asked; do not say that it was done"), Proposed);
    }

    private (string Result, string Outcome) Told(ToolCall call, ToolResult result)
    {
        if (result is ToolResult.Refused refused)
            return (Refusal(refused.Code, refused.Reason), refused.Code);
        WantsPerson |= call.Tool == TransferToHuman.Name;
        var value = ((ToolResult.Done)result).Value;
        var sources = ToolSources.Of(call, value);
        foreach (var (source, facts) in sources)
            _sources[source] = _sources.TryGetValue(source, out var before) ? before.AddRange(facts) : facts;
        var text = PlainJson.Write(new Dictionary<string, object?> { ["sources"] = sources.Keys.ToList(), ["result"] = value });
        return text.Length <= LongestResult
            ? (text, "ok")
            : (PlainJson.Write(new Dictionary<string, object?> { ["sources"] = sources.Keys.ToList(), ["result_cut"] = text[..LongestResult] }), "ok");
    }

    private ToolSubject Subject() => new(request.Run.Context.ConversationId, request.Run.Context.Message.Channel, request.Language, request.Identity);

    private static string Summary(ToolContract contract) =>
        contract.Writes ? contract.Summary + " Calling it does not do it: the customer is then asked." : contract.Summary;

    private static string Refusal(string code, string reason) =>
        PlainJson.Write(new Dictionary<string, object?> { ["refused"] = code, ["reason"] = reason });
}
