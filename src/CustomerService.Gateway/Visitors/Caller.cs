using System.Security.Cryptography;
using System.Text;
using CustomerService.Gateway.Errors;
using Microsoft.AspNetCore.Http;

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

    /// <summary>An agent's program, or an operator.</summary>
    public sealed record Staff(bool IsOperator) : Caller;
}

/// <summary>Reads bearer tokens.</summary>
internal sealed class Callers(GatewayOptions options, VisitorTokens visitors)
{
    /// <summary>Who sent this request.</summary>
    /// <exception cref="ProblemException">There is a token and it doesn't hold.</exception>
    public Caller Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new Caller.Unknown();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? OfToken(header["Bearer ".Length..].Trim())
            : throw Problems.TokenInvalid("The Authorization header must be written as: Bearer <token>.");
    }

    /// <inheritdoc cref="Of"/>
    public Caller OfToken(string token)
    {
        if (Same(token, options.OperatorToken))
            return new Caller.Staff(IsOperator: true);
        if (Same(token, options.AgentToken))
            return new Caller.Staff(IsOperator: false);
        return visitors.Read(token, out var visitor) switch
        {
            TokenReading.Valid => new Caller.Visitor(visitor),
            TokenReading.Expired => throw Problems.TokenExpired(),
            _ => throw Problems.TokenInvalid("The token isn't one of ours. Visitors ask for a new one, POST /api/chat/sessions; agents and operators use the one that the system was started with."),
        };
    }

    /// <summary>Lets only an agent or operator through.</summary>
    public void RequireStaff(HttpContext context, bool asOperator)
    {
        var needed = asOperator ? "an operator's" : "an agent's";
        switch (Of(context))
        {
            case Caller.Staff staff when staff.IsOperator || !asOperator:
                return;
            case Caller.Unknown:
                throw Problems.TokenMissing($"This address needs {needed} token: Authorization: Bearer <token>.");
            default:
                throw Problems.Forbidden($"This address needs {needed} token.");
        }
    }

    /// <summary>Compared as digests, so that neither content nor length shows in the time that it takes.</summary>
    private static bool Same(string token, string? expected) =>
        expected is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
