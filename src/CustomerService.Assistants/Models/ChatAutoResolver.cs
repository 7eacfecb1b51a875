using System.Text.Json;
using CustomerService.Assistants.Actions;
using CustomerService.Assistants.Prompts;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>Resolves <c>&lt;AUTO&gt;</c> parameters with the chat model of the task's role.</summary>
/// <remarks>What it says only tunes a step; proof of identity and the quality check never depend on it.</remarks>
public sealed class ChatAutoResolver(ModelRoles models) : IAutoResolver
{
    private const int LongestValue = 2_000;

    public bool CanResolve(ModelRole? role) => models.Has(role);

    public async ValueTask<object?> ResolveAsync(ActionCall call, string action, string parameter, string instruction, CancellationToken cancellation)
    {
        if (models.Find(call, out _) is not { } chat || ModelPath.HoldsProof(call, call.Run.Share<RunMemory>()))
            return null;
        var data = new Dictionary<string, object?>
        {
            ["action"] = action,
            ["parameter"] = parameter,
            ["instruction"] = instruction,
            ["other_parameters"] = call.Parameters.Where(other => other.Value is not AutoValue).ToDictionary(),
        };
        return (await StructuredChat.AskAsync(chat, PromptNames.Auto, data, Read, cancellation)).Value?.Value;
    }

    private static Resolved Read(JsonElement reply)
    {
        var value = reply.GetProperty("value");
        if (value.GetRawText().Length > LongestValue)
            throw new FormatException($"'value' is longer than {LongestValue} characters.");
        return new Resolved(PlainJson.Read(value));
    }

    private sealed record Resolved(object? Value);
}
