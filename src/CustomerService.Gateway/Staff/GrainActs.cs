using CustomerService.Gateway.Conversations;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Staff;

internal static class GrainActs
{
    /// <summary>Has a grain do something, once for each <c>Idempotency-Key</c>.</summary>
    public static async Task<IResult> DoAsync(this IGrainClient grains, GrainId grain, Command command, HttpContext context, CancellationToken cancellation)
    {
        await grains.AskForAsync<Done>(grain, command with { Id = IdempotencyKey.Of(context) }, cancellation);
        return Results.NoContent();
    }
}
