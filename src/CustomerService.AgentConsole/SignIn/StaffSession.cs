using System.Security.Claims;
using CustomerService.AgentConsole.Layout;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>Whether a session still holds: at each request, and every few seconds while a page is open. Roles, password and a disabled account end it.</summary>
internal sealed class StaffSession(IStaffDoor door, ILoggerFactory loggers) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await NowAsync(door, authenticationState.User, cancellationToken) is not null;
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException)
        {
            return true; // Nobody can say that it is over. It is asked again soon, and behind each act.
        }
    }

    /// <summary>At each request. What a page shows of them is what they are now: name, language, what they have to do first.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context, IStaffDoor door)
    {
        if (context.Principal is not { } user || await NowAsync(door, user, context.HttpContext.RequestAborted) is not { } now)
        {
            context.RejectPrincipal();
            return;
        }

        var fresh = StaffClaims.PrincipalOf(now, context.Request.Cookies[Appearance.LanguageCookie]);
        if (Shown(fresh) == Shown(user))
            return;
        context.ReplacePrincipal(fresh);
        context.ShouldRenew = true;
    }

    private static (string?, string?, bool?, bool?) Shown(ClaimsPrincipal user) =>
        StaffClaims.MemberOf(user) is var member ? (member?.Name, member?.Language, member?.MustChangePassword, member?.MustSetUpSecondFactor) : default;

    /// <returns>Null: the session is over.</returns>
    private static async Task<StaffMember?> NowAsync(IStaffDoor door, ClaimsPrincipal user, CancellationToken cancellation)
    {
        if (StaffClaims.MemberOf(user) is not { } member)
            return null;
        try
        {
            return await door.RefreshAsync(member, cancellation);
        }
        catch (StaffRefusedException)
        {
            return null;
        }
    }
}
