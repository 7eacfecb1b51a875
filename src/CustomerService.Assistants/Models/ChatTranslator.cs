using System.Text.Json;
using CustomerService.Assistants.Prompts;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>Translates with a chat model, between people. It belongs to no run: what it takes counts for the day.</summary>
public sealed class ChatTranslator(ModelRoles models, TimeProvider time)
{
    private const string Role = "translator";

    /// <param name="provider">By the name that <c>assistant.yaml</c> gives it.</param>
    /// <param name="from">ISO 639-1.</param>
    /// <param name="to">ISO 639-1.</param>
    /// <returns>The translation, or why there is none.</returns>
    public async ValueTask<(string? Text, string? Fault)> TranslateAsync(
        string provider, string model, string from, string to, string text, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var nobody = new RunContext("", new Interaction("", ChannelNames.Chat, "", text, now), 0, "", [], null, null, null, 0);
        var call = new ActionCall(Role, new Dictionary<string, object?>(), new ModelRole(Role, provider, model, 0, null), new RunScope(nobody, time));
        if (models.Find(call, out var whyNot) is not { } chat)
            return (null, $"{provider}: {whyNot}");

        var data = new Dictionary<string, object?> { ["from"] = from, ["to"] = to, ["text"] = text };
        var reply = await StructuredChat.AskAsync(chat, PromptNames.Translate, data, Read, cancellation);
        return reply.Value is { Text: { } translated } ? (translated, null) : (null, reply.Fault ?? "the model could not translate it");
    }

    private static Said Read(JsonElement reply) => new(reply.GetProperty("translation").GetString());

    private sealed record Said(string? Text);
}
