using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Conversations;

/// <summary>Keeps whether answers helped. The knowledge base's, as this gateway needs it.</summary>
public interface IAnswerFeedback
{
    /// <summary>Somebody says whether an answer helped. Once for each conversation and source; a later word replaces an earlier one.</summary>
    /// <param name="sources">What the answer rested on.</param>
    ValueTask RecordAsync(string conversationId, ImmutableArray<string> sources, bool helped, CancellationToken cancellation);
}

/// <param name="Helped">Whether the message answered what was asked.</param>
public sealed record AnswerFeedback(bool? Helped);

/// <summary>Customers and agents say whether an answer helped; articles rise and fall by it.</summary>
internal static class AnswerFeedbackEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{id}/messages/{sequence}/feedback", GiveAsync)
        .ForAnyone()
        .WithTags("Conversations")
        .WithSummary("Say whether an answer helped")
        .WithDescription("Of one of the assistant's answers. What it rests on is preferred or passed over a little from then on. A later word replaces an earlier one.")
        .Produces(204)
        .WithExamples(Examples.AnswerFeedback, null)
        .Fails(400, 401, 403, 404, 413, 415, 429);

    private static async Task<IResult> GiveAsync(
        string id, long sequence, Body<AnswerFeedback> body, HttpContext context, ConversationReader reader, IAnswerFeedback feedback, CancellationToken cancellation)
    {
        var caller = context.Caller();
        if (caller is Caller.Unknown)
            throw Problems.TokenMissing("Saying whether an answer helped needs the conversation's visitor's token: Authorization: Bearer <token>.");
        var helped = body.Value.Helped ?? throw Problems.InvalidField("helped", "The field 'helped' is missing: true or false.");
        if (sequence < 1)
            throw Problems.InvalidField("sequence", "The sequence must be that of one of the assistant's messages.");
        var view = await reader.FindAsync(Ids.Checked("id", id)!, caller, cancellation);
        var page = await reader.PageAsync(view, sequence - 1, 1, caller, CallerLanguage.Default, cancellation);
        if (page.Messages is not [{ Author: "assistant" } answer] || answer.Sequence != sequence)
            throw Problems.InvalidField("sequence", $"Message {sequence} is none of the assistant's answers.");
        await feedback.RecordAsync(id, answer.Sources, helped, cancellation);
        return Results.NoContent();
    }
}
