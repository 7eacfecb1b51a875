using System.Security.Cryptography;
using CustomerService.AgentConsole.Desk;
using CustomerService.AgentConsole.Layout;
using CustomerService.AgentConsole.Replies;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>Does a macro's steps in a conversation, through the staff's door like any other act of its agent.</summary>
/// <param name="held">As it lies on the agent's desk when the macro begins.</param>
/// <param name="seen">The customer's last message that the agent had seen then.</param>
internal sealed class MacroDesk(
    ReplySending sending, StaffConversations conversations, IStaffDoor door, AgentSession session, TimeProvider time, Me me, string id, HeldConversation? held, long seen) : IMacroDesk
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public string AgentId => me.Member.Id;

    public async Task<string?> ReplyAsync(string text) => await sending.SendAsync(new SendAgentReply(AgentId, NewId(), text), seen, null) switch
    {
        SendOutcome.Sent => null,
        SendOutcome.Unseen unseen => $"{me.Words["composer.unseen"]} {unseen.Message.Text}",
        SendOutcome.Held why => string.Join(" ", why.Findings.Select(finding => finding.Issue)),
        var other => throw new System.Diagnostics.UnreachableException($"Sending can't come to {other}."),
    };

    public async Task NoteAsync(string text) => await DoAsync(await conversations.NoteAsync(AgentId, text));

    public async Task DoAsync(Command command) => await door.DoAsync(me.Member, Grain.Conversation(id), command with { Id = NewId() });

    /// <summary>The desk learns of the resolving by itself, a moment later.</summary>
    public async Task<string?> WrapUpAsync(string? code, string? note)
    {
        if (held?.WrapUp is null)
            return null;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (session.Desk?.Work.Any(work => work.ConversationId == id && work.WrappingSince is not null) == true)
                begun.TrySetResult();
        }

        session.Changed += Look;
        try
        {
            Look();
            session.Refresh();
            await begun.Task.WaitAsync(LongestWait, time);
        }
        catch (TimeoutException)
        {
            return me.Words["macro.no_wrap_up"];
        }
        finally
        {
            session.Changed -= Look;
        }

        await door.DoAsync(me.Member, Grain.Agent(AgentId), new CompleteWrapUp(id, code, note) { Id = NewId() });
        return null;
    }

    /// <summary>Each act of a macro is one of its own.</summary>
    private static string NewId() => $"console-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
}
