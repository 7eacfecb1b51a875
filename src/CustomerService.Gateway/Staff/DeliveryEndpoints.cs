using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>What agents do about messages that did not reach the customer.</summary>
internal static class DeliveryEndpoints
{
    private const int PageLength = 256;

    public static void Map(RouteGroupBuilder staff) => staff.MapPost("/conversations/{id}/messages/{sequence}/resend", ResendAsync)
        .WithTags("Agents")
        .For(Permission.WorkConversations)
        .WithSummary("Send a message again that did not arrive")
        .WithDescription("One whose delivery failed, or of which nobody can tell whether it was sent. It goes out after those that wait.")
        .Produces(202)
        .WithExamples(Examples.Act, null)
        .Fails(400, 401, 403, 404, 409, 415);

    private static async Task<IResult> ResendAsync(
        string id, long sequence, Body<Act> body, ConversationReader reader, IJournal journal, HttpContext context, CancellationToken cancellation)
    {
        var view = await reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        var sent = await FindAsync(journal, view.Id, sequence, cancellation) ?? throw Problems.InvalidField("sequence", $"Message {sequence} is none that was sent to the customer.");
        await context.AskAsync<Done>(
            Grain.Delivery(view.Id), new ResendMessage(new Outbound(sent.MessageSequence, sent.MessageId, sent.Author, sent.Text, sent.InReplyTo) { Attachments = sent.Attachments, Language = view.CustomerLanguage }, body.Value.By ?? "an agent"), cancellation);
        return Results.Accepted();
    }

    private static async Task<MessageSent?> FindAsync(IJournal journal, string conversationId, long sequence, CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page;
        for (var after = ConversationReader.StartFor(sequence - 1); (page = await journal.ReadAsync(Grain.Conversation(conversationId), after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            if (page.Select(entry => entry.Event).OfType<MessageSent>().FirstOrDefault(sent => sent.MessageSequence >= sequence) is { } found)
                return found.MessageSequence == sequence ? found : null;
        }

        return null;
    }
}
