using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Staff;

/// <summary>What the staff have grains do: through their door, in the name of who calls, once for each <c>Idempotency-Key</c>.</summary>
internal static class GrainActs
{
    public static async Task<IResult> ActAsync(this HttpContext context, GrainId grain, Command command, CancellationToken cancellation)
    {
        await context.AskAsync<Done>(grain, command with { Id = IdempotencyKey.Of(context) }, cancellation);
        return Results.NoContent();
    }

    /// <summary>For a command that has its id, or an answer that the caller is to get.</summary>
    /// <exception cref="StaffRefusedException">They may not, or the grain refused.</exception>
    public static ValueTask<TReply> AskAsync<TReply>(this HttpContext context, GrainId grain, Command command, CancellationToken cancellation)
        where TReply : Reply =>
        context.RequestServices.GetRequiredService<IStaffDoor>().DoAsync<TReply>(context.StaffMember(), grain, command, cancellation: cancellation);
}
