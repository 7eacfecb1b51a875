using System.Security.Cryptography;
using System.Text;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Staff;
using CustomerService.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Visitors;

/// <summary>Who sent a request.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>No token came.</summary>
    public sealed record Unknown : Caller;

    /// <summary>A visitor of the chat.</summary>
    public sealed record Visitor(string Id) : Caller;

    /// <summary>Somebody of the staff.</summary>
    public sealed record Staff(StaffMember Member) : Caller
    {
        /// <summary>An endpoint of the staff's, where it is known already who calls and that they may.</summary>
        public static Staff Inside { get; } = new(StaffMember.System("gateway", Role.Supervisor));
    }
}

/// <summary>Reads bearer tokens.</summary>
internal sealed class Callers(GatewayOptions options, VisitorTokens visitors, ApiTokens tokens, IStaffDoor door)
{
    private static readonly StaffMember AgentProgram = StaffMember.System("agent-token", Role.Agent, Role.Supervisor);
    private static readonly StaffMember Operator = StaffMember.System("operator-token", Role.Administrator);

    /// <summary>Who sent this request.</summary>
    /// <exception cref="ProblemException">There is a token and it doesn't hold.</exception>
    public ValueTask<Caller> OfAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new(new Caller.Unknown());
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? OfTokenAsync(header["Bearer ".Length..].Trim(), context)
            : throw Problems.TokenInvalid("The Authorization header must be written as: Bearer <token>.");
    }

    /// <inheritdoc cref="OfAsync"/>
    public async ValueTask<Caller> OfTokenAsync(string token, HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        if (await tokens.FindAsync(token, address, context.RequestAborted) is { } program)
            return new Caller.Staff(program);
        var caller = OfToken(token);
        return caller is Caller.Staff staff ? new Caller.Staff(staff.Member with { Address = address }) : caller;
    }

    /// <summary>Whose token of a visitor's, or of those that the system was started with, that is.</summary>
    /// <exception cref="ProblemException">It doesn't hold.</exception>
    public Caller OfToken(string token)
    {
        if (Same(token, options.OperatorToken))
            return new Caller.Staff(Operator);
        if (Same(token, options.AgentToken))
            return new Caller.Staff(AgentProgram);
        return visitors.Read(token, out var visitor) switch
        {
            TokenReading.Valid => new Caller.Visitor(visitor),
            TokenReading.Expired => throw Problems.TokenExpired(),
            _ => throw Problems.TokenInvalid("The token isn't one of ours. Visitors ask for a new one, POST /api/chat/sessions; the staff's programs use one that an administrator issued, or the one that the system was started with."),
        };
    }

    /// <summary>Lets only through who of the staff may do that.</summary>
    /// <exception cref="ProblemException">It is nobody of the staff.</exception>
    /// <exception cref="StaffRefusedException">They may not.</exception>
    public async ValueTask<StaffMember> RequireStaffAsync(HttpContext context, Permission needed) => await OfAsync(context) switch
    {
        Caller.Staff staff => await RequireAsync(staff.Member, context, needed),
        Caller.Unknown => throw Problems.TokenMissing("This address is for the staff and needs a token: Authorization: Bearer <token>."),
        _ => throw Problems.Forbidden("This address is for the staff."),
    };

    /// <inheritdoc cref="RequireStaffAsync"/>
    public async ValueTask<StaffMember> RequireAsync(StaffMember member, HttpContext context, Permission needed)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;
        await door.RequireAsync(member, needed, $"{context.Request.Method} {route}", context.RequestAborted);
        return member;
    }

    /// <summary>Compared as digests, so that neither content nor length shows in the time that it takes.</summary>
    private static bool Same(string token, string? expected) =>
        expected is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
