using CustomerService.Channels.Email.Reading;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Conversations;

/// <param name="To">The mail address that it goes to.</param>
/// <param name="RequestId">The sender's own id for this wish: sent again with the same one, nothing is mailed twice. 1 to 64 of letters, digits and <c>. _ : -</c></param>
/// <param name="TimeZone">The reader's, as IANA names it (<c>Europe/Berlin</c>). Left out, or unknown: times are in UTC.</param>
/// <param name="By">The agent who sends it; left out by customers.</param>
public sealed record TranscriptRequest(string? To, string? RequestId, string? TimeZone, string? By);

/// <summary>What was said in a chat, by mail.</summary>
internal static class TranscriptEndpoint
{
    private const int LongestRequestId = 64;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{id}/transcript", MailAsync)
        .ForAnyone()
        .WithTags("Conversations")
        .WithSummary("Mail what was said in a chat")
        .WithDescription(
            $"Its customer has it mailed up to {MailTranscript.MostByCustomer} times, an agent any. At most {AddressState.MaxTranscripts} transcripts a day go to one address, and are asked for by one "
            + "visitor. It is on its way, surely, when this answers. Messages and the names of files are in it, private notes never. Only where the operator has named a mailbox for it "
            + "('chat: transcripts_by'): the conversation's standing says 'mailsTranscript' then.")
        .Produces(202)
        .WithExamples(Examples.TranscriptRequest, null)
        .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);

    private static async Task<IResult> MailAsync(
        string id, Body<TranscriptRequest> body, HttpContext context, ConversationReader reader, LiveChatSettings settings, IGrainClient grains, CancellationToken cancellation)
    {
        var caller = context.Caller();
        var by = caller switch
        {
            Caller.Visitor => MailTranscript.Customer,
            Caller.Staff => Ids.Checked("by", body.Value.By) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who sends it."),
            _ => throw Problems.TokenMissing("Mailing a conversation needs its visitor's token: Authorization: Bearer <token>."),
        };
        var request = Ids.Checked("requestId", body.Value.RequestId) ?? Ids.New("t");
        if (request.Length > LongestRequestId)
            throw Problems.InvalidField("requestId", $"The requestId must have up to {LongestRequestId} characters.");
        var to = Address(body.Value.To);
        var view = await reader.FindAsync(Ids.Checked("id", id)!, caller, cancellation);
        if (settings.Current.TranscriptsBy is not { } mailbox)
            throw Problems.Refused(new Refused("transcripts_not_offered", "This system mails no transcripts; its operator can name a mailbox for it ('chat: transcripts_by')."));

        if (caller is Caller.Visitor visitor)
        {
            // By where it goes and by who asks: many conversations are no more than one.
            await CountAsync(grains, Grain.Address(ChannelNames.Chat, visitor.Id), $"{id} {request}", cancellation);
            await CountAsync(grains, Grain.Address(ChannelNames.Email, MailAddresses.WithoutPlus(to)), $"{id} {request}", cancellation);
        }

        var language = caller is Caller.Staff ? view.CustomerLanguage ?? CallerLanguage.Default : CallerLanguage.Of(context);
        var command = new MailTranscript(by, to, mailbox, language, Zone(body.Value.TimeZone)) { Id = $"transcript:{request}" };
        if (caller is Caller.Staff)
            await context.AskAsync<Done>(Grain.Conversation(id), command, cancellation);
        else
            await grains.AskForAsync<Done>(Grain.Conversation(id), command, cancellation);
        return Results.Accepted();
    }

    private static async ValueTask CountAsync(IGrainClient grains, GrainId address, string request, CancellationToken cancellation) =>
        await grains.AskForAsync<Done>(address, new CountTranscript { Id = request }, cancellation);

    /// <summary>Of the public internet: a machine's number, or a name without a dot, is an address of somebody's own network.</summary>
    private static string Address(string? given)
    {
        var address = MailAddresses.Normalise(given);
        return address is not null && address[(address.LastIndexOf('@') + 1)..] is var domain && domain.Contains('.', StringComparison.Ordinal) && domain.All(IsOfName)
            ? address
            : throw Problems.InvalidField("to", "The field 'to' must be one mail address, such as rosa@example.com.");
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-';

    private static string? Zone(string? given) => given is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(given, out _) ? given : null;
}
