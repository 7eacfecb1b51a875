using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Staff;

/// <summary>What agents do about translations: look at one before it is sent, take a reply back that has not gone out.</summary>
internal static class TranslationEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var conversation = staff.MapGroup("/conversations/{id}").WithTags("Agents");

        conversation.MapPost("/translate-preview", PreviewAsync)
            .For(Permission.WorkConversations)
            .WithSummary("See a reply in the customer's language before it is sent")
            .WithDescription("Nothing is sent or stored. Names, order numbers, amounts and links stay as they are; where that can't be had it is 'not_translated', with the reason.")
            .Produces<TranslatedDraft>()
            .WithExamples(Examples.TranslationPreview, Examples.TranslatedDraft)
            .Fails(400, 401, 403, 404, 413, 415, 422);

        conversation.MapPost("/replies/{messageId}/cancel", CancelAsync)
            .For(Permission.WorkConversations)
            .WithSummary("Take a reply back that has not gone out")
            .WithDescription("One that is being translated, or could not be. Those that waited behind it go out.")
            .Produces(204)
            .WithExamples(Examples.Act, null)
            .Fails(400, 401, 403, 404, 409, 415);
    }

    /// <summary>A two-letter code, or null where none is given.</summary>
    internal static string? Language(string field, string? code) =>
        code is null || (code.Length == 2 && code.All(char.IsAsciiLetterLower))
            ? code
            : throw Problems.InvalidField(field, $"'{field}' is a language's two-letter code, such as en.");

    private static async Task<IResult> PreviewAsync(
        string id, Body<TranslationPreview> body, HttpContext context, ConversationReader reader, CancellationToken cancellation)
    {
        var asked = body.Value;
        var text = MessageIntake.CheckedText(asked.Text);
        var from = Language("language", asked.Language) ?? throw Problems.InvalidField("language", "The field 'language' is missing: what the text is written in, such as en.");
        var view = await reader.FindAsync(Ids.Checked("id", id)!, Caller.Staff.Inside, cancellation);
        var to = Language("to", asked.To) ?? view.CustomerLanguage
            ?? throw Problems.InvalidField("to", "It is not known what the customer reads: say 'to', such as es.");
        if (to == from)
            return Json.Ok(new TranslatedDraft(text, to, ""), GatewayJson.Wire.TranslatedDraft);

        var (draft, reason) = context.RequestServices.GetService<IDraftTranslation>() is { } translation
            ? await translation.TranslateAsync(view, Ids.Checked("agentId", asked.AgentId), text, from, to, cancellation)
            : (null, "nothing is translated here");
        return draft is not null ? Json.Ok(draft, GatewayJson.Wire.TranslatedDraft) : throw Problems.Refused(new Refused("not_translated", $"Not translated: {reason}."));
    }

    private static Task<IResult> CancelAsync(
        string id, string messageId, Body<Act> body, HttpContext context, CancellationToken cancellation)
    {
        var by = Ids.Checked("by", body.Value.By) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who does this.");
        return context.ActAsync(Grain.Conversation(Ids.Checked("id", id)!), new CancelReply(by, Ids.Checked("messageId", messageId)!), cancellation);
    }
}
