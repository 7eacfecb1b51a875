using CustomerService.Grains.Staff;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>What forms around signing in are sent to, where no page is shown.</summary>
internal static class SignInPages
{
    public static void MapSignIn(this IEndpointRouteBuilder console)
    {
        console.MapPost("/sign-out", (Delegate)SignOutAsync).RequireOwnForm();
        console.MapPost("/sign-in/demo", DemoAsync).RequireOwnForm();
        console.MapGet("/sign-in/outside/{scheme}", OutsideProviders.BeginAsync);
        console.MapPost("/account/end-sessions", EndSessionsAsync).RequireAuthorization().RequireOwnForm();
        console.MapPost("/account/unlink", UnlinkAsync).RequireAuthorization().RequireOwnForm();
    }

    /// <summary>Only a form of the console's own pages is taken.</summary>
    public static RouteHandlerBuilder RequireOwnForm(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (call, next) =>
        await call.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(call.HttpContext) ? await next(call) : Results.BadRequest());

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(StaffClaims.Scheme);
        return Results.Redirect("/console/sign-in");
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext context, OwnAccount account)
    {
        await StaffCookies.SignInAsync(context, await account.EndOtherSessionsAsync(StaffClaims.MemberOf(context.User)!, context.RequestAborted));
        return Results.Redirect("/console/account?told=sessions");
    }

    private static async Task<IResult> UnlinkAsync(HttpContext context, OwnAccount account)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            var identity = new OutsideIdentity(form["issuer"].ToString(), form["subject"].ToString());
            await StaffCookies.SignInAsync(context, await account.UnlinkIdentityAsync(StaffClaims.MemberOf(context.User)!, identity, context.RequestAborted));
            return Results.Redirect("/console/account?told=unlinked");
        }
        catch (StaffRefusedException refused)
        {
            return Results.Redirect($"/console/account?told={refused.Code}");
        }
    }

    /// <summary>One click, one demo person.</summary>
    private static async Task<IResult> DemoAsync(HttpContext context, DemoPeople people)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!people.AreLetIn || await people.SignInAsync(form["person"].ToString(), context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted) is not SignInResult.SignedIn signedIn)
            return Results.Redirect("/console/sign-in?reason=disabled");
        await StaffCookies.SignInAsync(context, signedIn.Member);
        return Results.Redirect($"/{ReturnAddress.After(signedIn.Member, context.Request.Query["to"])}");
    }
}
