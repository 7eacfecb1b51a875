using CustomerService.AgentConsole.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>What a browser carries for somebody who signed in.</summary>
internal static class StaffCookies
{
    /// <summary>Begins a session, or goes on with one after a change that ended all others.</summary>
    public static Task SignInAsync(HttpContext context, StaffMember member)
    {
        Appearance.Follow(context, member);
        return context.SignInAsync(StaffClaims.Scheme, StaffClaims.PrincipalOf(member, context.Request.Cookies[Appearance.LanguageCookie]));
    }
}
