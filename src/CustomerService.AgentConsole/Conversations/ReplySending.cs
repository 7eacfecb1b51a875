using System.Collections.Immutable;
using CustomerService.AgentConsole.Layout;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>What became of a reply that somebody wanted to send.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    public sealed record Sent : SendOutcome;

    /// <summary>Nothing was sent: the customer wrote something that the writer had not seen.</summary>
    public sealed record Unseen(ChatMessage Message) : SendOutcome;

    /// <summary>Nothing was sent: the owner's rules are against it.</summary>
    public sealed record Held(ImmutableArray<DraftFinding> Findings) : SendOutcome;
}

/// <summary>Sends replies in a conversation, and none over a message that was not seen or against the owner's rules.</summary>
internal sealed class ReplySending(StaffConversations conversations, IStaffDoor door, Me me, string id)
{
    private const int Looked = 50;

    /// <param name="seen">The sequence of the customer's last message that the writer had seen.</param>
    /// <param name="anyway">Why it goes out although it was held; null: it was not.</param>
    public async Task<SendOutcome> SendAsync(SendAgentReply reply, long seen, string? anyway)
    {
        await door.RequireAsync(me.Member, Permission.SeeConversations, "conversation");
        var now = await conversations.ReadAsync(id, seen, Looked, me.Words.Language);
        if (NewestOfCustomer(now) is { } newest && newest.Sequence > seen)
            return new SendOutcome.Unseen(newest);
        try
        {
            await door.DoAsync<MessageAccepted>(me.Member, Grain.Conversation(id), await conversations.ReplyAsync(id, reply, anyway));
            return new SendOutcome.Sent();
        }
        catch (ProblemException held) when (held.Problem.Findings is { } findings)
        {
            return new SendOutcome.Held([.. findings]);
        }
    }

    public static ChatMessage? NewestOfCustomer(ConversationPage page) => page.Messages.LastOrDefault(message => message.Author == "customer");
}
