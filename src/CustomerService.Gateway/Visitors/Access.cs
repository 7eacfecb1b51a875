using CustomerService.Gateway.Chat;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Visitors;

/// <summary>Who may use an endpoint; said as its metadata.</summary>
/// <param name="Needs">What somebody of the staff needs; null: it is for anybody, counted against their limit.</param>
internal sealed record Access(Permission? Needs);

/// <summary>Finds out who calls, before anything of the request's body is read.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Callers callers, ChatLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Access>() is { } access)
        {
            if (access.Needs is { } needed)
            {
                context.Features.Set<Caller>(new Caller.Staff(await callers.RequireStaffAsync(context, needed)));
            }
            else
            {
                var caller = await callers.OfAsync(context);
                limits.Count(caller, context.Connection.RemoteIpAddress);
                context.Features.Set(caller);
            }
        }

        await next(context);
    }
}

internal static class AccessExtensions
{
    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(Needs: null));

    /// <summary>For who of the staff may do that.</summary>
    public static TBuilder For<TBuilder>(this TBuilder builder, Permission needed)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Access(needed));

    /// <summary>Who calls, as <see cref="AccessMiddleware"/> found.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("UseChatGateway must come after routing and before the endpoints.");

    /// <summary>Who of the staff calls an endpoint that is theirs.</summary>
    public static StaffMember StaffMember(this HttpContext context) =>
        (context.Caller() as Caller.Staff)?.Member ?? throw new InvalidOperationException("The endpoint is not the staff's: name what it needs with For.");
}
