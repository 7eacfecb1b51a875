using System.Security.Claims;
using CustomerService.AgentConsole.SignIn;
using CustomerService.AgentConsole.Wording;

namespace CustomerService.AgentConsole.Layout;

/// <summary>Who looks at the console, and in which language.</summary>
public sealed record Me(StaffMember Member, Words Words)
{
    /// <summary>For what to show; the door behind each act decides.</summary>
    public bool May(Permission permission) => Member.May(permission);

    /// <summary>Whoever signed in; null: nobody did.</summary>
    internal static Me? Of(ClaimsPrincipal user) =>
        StaffClaims.MemberOf(user) is { } member ? new Me(member, Words.In(user.FindFirstValue(StaffClaims.Language) ?? member.Language)) : null;
}
