using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>Whether a session still holds: at each request, and every few seconds while a page is open. Roles, password and a disabled account end it.</summary>
internal sealed class StaffSession(IStaffDoor door, ILoggerFactory loggers) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        HoldsAsync(door, authenticationState.User, cancellationToken);

    /// <summary>At each request.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context, IStaffDoor door)
    {
        if (context.Principal is null || !await HoldsAsync(door, context.Principal, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    private static async Task<bool> HoldsAsync(IStaffDoor door, ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (StaffClaims.MemberOf(user) is not { } member)
            return false;
        try
        {
            await door.RefreshAsync(member, cancellation);
            return true;
        }
        catch (StaffRefusedException)
        {
            return false;
        }
    }
}
