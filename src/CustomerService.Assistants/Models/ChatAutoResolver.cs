using System.Text.Json;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>Resolves <c>&lt;AUTO&gt;</c> parameters with the chat model of the task's role.</summary>
/// <remarks>What it says only tunes a step; proof of identity and the quality check never depend on it.</remarks>
public sealed class ChatAutoResolver(ModelRoles models) : IAutoResolver
{
    private const int LongestValue = 2_000;

    public bool CanResolve(ModelRole? role) => models.Has(role);

    public async ValueTask<(object? Value, ModelUse? Use)> ResolveAsync(
        ModelRole? role, string action, string parameter, string instruction, IReadOnlyDictionary<string, object?> others, RunScope run, CancellationToken cancellation)
    {
        if (models.Find(role, out _) is not { } chat)
            return (null, null);
        var data = new Dictionary<string, object?>
        {
            ["action"] = action,
            ["parameter"] = parameter,
            ["instruction"] = instruction,
            ["other_parameters"] = others.Where(other => other.Value is not AutoValue).ToDictionary(),
        };
        var reply = await StructuredChat.AskAsync(chat, Prompt.Auto, data, Read, cancellation);
        return (reply.Value?.Value, reply.Use);
    }

    private static Resolved Read(JsonElement reply)
    {
        if (!reply.TryGetProperty("value", out var value))
            throw new FormatException("the field 'value' is missing.");
        if (value.GetRawText().Length > LongestValue)
            throw new FormatException($"'value' is longer than {LongestValue} characters.");
        return new Resolved(PlainJson.Read(value));
    }

    private sealed record Resolved(object? Value);
}
