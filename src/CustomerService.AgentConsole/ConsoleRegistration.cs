using CustomerService.AgentConsole.Administration;
using CustomerService.AgentConsole.Alerts;
using CustomerService.AgentConsole.AtRisk;
using CustomerService.AgentConsole.Audit;
using CustomerService.AgentConsole.Customers;
using CustomerService.AgentConsole.Desk;
using CustomerService.AgentConsole.Figures;
using CustomerService.AgentConsole.Floor;
using CustomerService.AgentConsole.Layout;
using CustomerService.AgentConsole.Live;
using CustomerService.AgentConsole.Operations;
using CustomerService.AgentConsole.Retention;
using CustomerService.AgentConsole.SignIn;
using CustomerService.AgentConsole.WhatIf;
using CustomerService.Gateway.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace CustomerService.AgentConsole;

/// <summary>The console: pages for agents, supervisors, operators, administrators and auditors, under <c>/console</c>.</summary>
/// <remarks>It needs the staff's part and the gateway's doors in the container, and the list of conversations.</remarks>
public static class ConsoleRegistration
{
    /// <summary>Radzen sets styles on elements; everything else comes from this origin's own files.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>What a page may send at once, in bytes: an editor sends an owner's longest file whole, with room.</summary>
    private const int LongestText = 512 * 1024;

    /// <summary>How often a page hears that the server is there; console.js takes the line for cut where it hears nothing for more than two of these.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SessionIdle = TimeSpan.FromHours(12);

    /// <param name="providers">Who else may say who somebody is: the same as in the staff's settings.</param>
    public static IServiceCollection AddAgentConsole(this IServiceCollection services, params IEnumerable<IdentityProvider> providers)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => (hub.MaximumReceiveMessageSize, hub.KeepAliveInterval) = (LongestText, SignOfLife));
        services.AddRadzenComponents();
        services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true); // Said for all answers, and more strictly.
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        var authentication = services.AddAuthentication(StaffClaims.Scheme).AddCookie(StaffClaims.Scheme, cookie =>
        {
            cookie.Cookie.Name = "console-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/console/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = SessionIdle;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = context => StaffSession.ValidateAsync(context, context.HttpContext.RequestServices.GetRequiredService<IStaffDoor>());
        });
        foreach (var provider in providers)
            authentication.AddOutsideProvider(provider);
        services.AddScoped<AuthenticationStateProvider, StaffSession>();
        services.AddScoped<Acting>();
        services.AddScoped<GivingAway>();
        services.AddScoped<Shortcuts>();
        services.AddScoped<Folds>();
        services.AddScoped<CustomerReader>();
        services.AddScoped<AgentSession>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<AgentSession>());
        services.AddSingleton<PendingSignIn>();
        services.AddScoped<FileDesk>();
        services.AddSingleton<OperationsBoard>();
        services.AddSingleton<FloorFollower>().AddHostedService(provider => provider.GetRequiredService<FloorFollower>());
        services.AddSingleton<RiskBoard>();
        services.AddSingleton<FiguresNews>();
        services.AddSingleton<AlertBoard>();
        services.AddSingleton<RetentionBoard>();
        services.AddSingleton<LinkTickets>();
        services.AddSingleton<WhatIfBench>();
        return services.AddSingleton<QueueBoard>();
    }

    /// <summary>It belongs after routing and before the endpoints.</summary>
    /// <remarks>Who is signed in is looked for at the console's own addresses alone: a chat's socket would keep what that takes for as long as it is open.</remarks>
    public static IApplicationBuilder UseAgentConsole(this IApplicationBuilder app)
    {
        // Else the application puts both in front of everything by itself.
        app.Properties["__AuthenticationMiddlewareSet"] = app.Properties["__AuthorizationMiddlewareSet"] = true;
        return app.UseWhen(context => IsOfConsole(context.Request.Path), console => console
            .Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                return next(context);
            })
            .UseAuthentication().UseAuthorization().UseAntiforgery());
    }

    public static IEndpointRouteBuilder MapAgentConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        var console = endpoints.MapGroup("/console").ExcludeFromDescription();
        console.MapGet("", () => Results.Redirect("/console/desk")).RequireAuthorization();
        console.MapSignIn();
        console.MapGet("/audit/export", AuditExport.WriteAsync).RequireAuthorization();
        console.MapGet("/files/{id}/{reference}", async (string id, string reference, HttpContext context, IStaffDoor door, StaffConversations conversations) =>
        {
            await door.RequireAsync(StaffClaims.MemberOf(context.User)!, Permission.SeeConversations, "files", context.RequestAborted);
            return await conversations.FileAsync(id, reference, context);
        }).RequireAuthorization();
        LogDownload.Map(console);
        FiguresDownload.Map(console);
        console.MapPost("/files", async (string name, HttpContext context, IStaffDoor door, StaffConversations conversations) =>
        {
            if (context.Request.Headers["x-console"] != "file")
                return Results.BadRequest(); // A form of another site can't set it.
            await door.RequireAsync(StaffClaims.MemberOf(context.User)!, Permission.WorkConversations, "files", context.RequestAborted);
            var kept = await conversations.KeepFileAsync(name, context.Request);
            return Results.Json(new { ticket = kept.Ticket, name = kept.Name }, statusCode: StatusCodes.Status201Created);
        }).RequireAuthorization();
        return endpoints;
    }

    private static bool IsOfConsole(PathString path) => path.StartsWithSegments("/console") || path.StartsWithSegments("/_blazor");
}
