using CustomerService.Gateway.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Visitors;

/// <summary>Who may use an endpoint; said as its metadata.</summary>
internal enum Access
{
    /// <summary>Anybody, counted against their limit.</summary>
    Anyone,

    /// <summary>Agents and operators.</summary>
    Staff,

    Operators,
}

/// <summary>Finds out who calls, before anything of the request's body is read.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Callers callers, ChatLimits limits)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AccessMetadata>() is { } needed)
        {
            if (needed.Access == Access.Anyone)
            {
                var caller = callers.Of(context);
                limits.Count(caller, context.Connection.RemoteIpAddress);
                context.Features.Set(caller);
            }
            else
            {
                callers.RequireStaff(context, asOperator: needed.Access == Access.Operators);
            }
        }

        return next(context);
    }
}

internal sealed record AccessMetadata(Access Access);

internal static class AccessExtensions
{
    public static TBuilder For<TBuilder>(this TBuilder builder, Access access)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessMetadata(access));

    /// <summary>Who calls, as <see cref="AccessMiddleware"/> found.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("UseChatGateway must come after routing and before the endpoints.");
}
