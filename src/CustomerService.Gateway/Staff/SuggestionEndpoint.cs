using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Staff;

/// <summary>A suggested reply as server-sent events.</summary>
internal static class SuggestionEndpoint
{
    public static void Map(RouteGroupBuilder staff) => staff.MapGet("/conversations/{id}/suggestion", SuggestAsync)
        .WithTags("Agents")
        .For(Permission.WorkConversations)
        .WithSummary("Have a reply suggested, and watch it being written")
        .WithDescription(
            "Server-sent events: 'begin' (what came before is void), 'piece' with more of the text, which is unchecked, and at the end 'whole' with the text, its sources and the "
            + "quality check's word on it, or 'nothing' with the reason. Nothing is sent to the customer. Hanging up stops the writing.")
        .Produces<string>(200, "text/event-stream")
        .WithExamples(null, null)
        .Fails(400, 401, 403, 404, 422);

    private static async Task SuggestAsync(string id, HttpContext context, StaffConversations conversations, CancellationToken cancellation)
    {
        await foreach (var news in conversations.SuggestAsync(id, cancellation))
        {
            if (!context.Response.HasStarted)
            {
                context.Response.ContentType = "text/event-stream";
                context.Response.Headers.CacheControl = "no-store";
            }

            await context.Response.WriteAsync($"event: {news.Kind}\ndata: {JsonSerializer.Serialize(news, GatewayJson.Wire.SuggestionNews)}\n\n", cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
    }
}
