using CustomerService.Assistants.Models;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>The way over a chat model, if the task names one and it answers; else the reason why the local path decides.</summary>
internal static class ModelPath
{
    /// <summary>Asks, unless there is no model or the message holds a proof of identity, which no vendor needs to see.</summary>
    public static async ValueTask<(T? Value, ModelUse? Use, string? Note)> TryAsync<T>(
        ModelRoles models, ActionCall call, RunMemory memory, Func<GuardedChat, ValueTask<StructuredReply<T>>> ask)
        where T : class
    {
        if (models.Find(call.Model, out var whyNot) is not { } chat)
            return (null, null, whyNot is null ? null : Local(whyNot));
        if (memory.ProofIn(call.Run.Context).IsComplete || memory.Identity.Failed)
            return (null, null, Local("the message holds a proof of identity"));
        var reply = await ask(chat);
        return reply.Value is not null ? (reply.Value, reply.Use, chat.Name) : (null, reply.Use, Local(reply.Fault!));
    }

    /// <summary>The note that says why the local path decided.</summary>
    public static string Local(string reason) => reason == "no key" ? "local: no key" : $"local: {reason}";
}
