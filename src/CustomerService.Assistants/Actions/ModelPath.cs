using CustomerService.Assistants.Models;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>The way over a chat model, if the task names one and it answers; else the reason why the local path decides.</summary>
internal static class ModelPath
{
    /// <summary>Asks, unless there is no model or the message holds a proof of identity, which no vendor needs to see.</summary>
    public static async ValueTask<(T? Value, string? Note)> TryAsync<T>(ModelRoles models, ActionCall call, RunMemory memory, Func<RunChat, ValueTask<StructuredReply<T>>> ask)
        where T : class
    {
        if (models.Find(call, out var whyNot) is not { } chat)
            return (null, whyNot is null ? null : Local(whyNot));
        if (HoldsProof(call, memory))
            return (null, Local("the message holds a proof of identity"));
        var reply = await ask(chat);
        return reply.Value is not null ? (reply.Value, chat.Name) : (null, Local(reply.Fault!));
    }

    /// <summary>Whether the message has what proves who the customer is, or was meant to.</summary>
    public static bool HoldsProof(ActionCall call, RunMemory memory) => memory.ProofIn(call.Run.Context).IsComplete || memory.Identity.Failed;

    /// <summary>The note that says why the local path decided.</summary>
    public static string Local(string reason) => reason == "no key" ? "local: no key" : $"local: {reason}";
}
