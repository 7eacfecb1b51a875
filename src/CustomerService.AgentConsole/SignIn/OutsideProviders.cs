using System.Collections.Immutable;
using System.Security.Claims;
using CustomerService.AgentConsole.Layout;
using CustomerService.Grains.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>Signing in by outside providers: OpenID Connect's code flow with PKCE. What their word is worth here, <see cref="OutsideSignIn"/> decides.</summary>
internal static partial class OutsideProviders
{
    private const string LinkTo = "link_to";
    private const string Issuer = "issuer";

    public static void AddOutsideProvider(this AuthenticationBuilder authentication, IdentityProvider provider) => authentication.AddOpenIdConnect(provider.Name, provider.Title, oidc =>
    {
        oidc.Authority = provider.Authority.ToString().TrimEnd('/');
        oidc.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        (oidc.ClientId, oidc.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.ClaimActions.MapAll();
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes)
            oidc.Scope.Add(scope);
        oidc.CallbackPath = $"/console/sign-in/outside/{provider.Name}/callback";
        oidc.RemoteSignOutPath = default;
        oidc.SignInScheme = StaffClaims.Scheme;
        // The provider leads the browser back by a link, so these need not go along with others' forms.
        foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        oidc.Events.OnTokenValidated = validated =>
        {
            validated.Properties!.Items[Issuer] = validated.SecurityToken.Issuer;
            return Task.CompletedTask;
        };
        oidc.Events.OnTicketReceived = received => ReceiveAsync(received, provider);
        oidc.Events.OnRemoteFailure = failed =>
        {
            LogFailed(LoggerOf(failed.HttpContext), provider.Name, failed.Failure?.Message ?? "it said no");
            failed.Response.Redirect("/console/sign-in?reason=outside_failed");
            failed.HandleResponse();
            return Task.CompletedTask;
        };
    });

    /// <summary>Leads to the provider: to sign in, or to have its identity linked to who is signed in.</summary>
    public static async Task BeginAsync(string scheme, HttpContext context, StaffSettings settings, LinkTickets links)
    {
        if (settings.Providers.FirstOrDefault(each => each.Name == scheme) is not { } provider)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var properties = new AuthenticationProperties { RedirectUri = $"/{ReturnAddress.Checked(context.Request.Query["to"])}" };
        if (context.Request.Query["link"].ToString() is { Length: > 0 } ticket)
        {
            if (links.Read(ticket) is not { } person || person != StaffClaims.MemberOf(context.User)?.Id)
            {
                context.Response.Redirect("/console/account?told=link_expired");
                return;
            }

            properties.Items[LinkTo] = person;
        }

        try
        {
            await context.ChallengeAsync(provider.Name, properties);
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException && !context.Response.HasStarted)
        {
            LogFailed(LoggerOf(context), provider.Name, (fault.InnerException ?? fault).Message);
            context.Response.Redirect("/console/sign-in?reason=outside_failed");
        }
    }

    private static async Task ReceiveAsync(TicketReceivedContext received, IdentityProvider provider)
    {
        var context = received.HttpContext;
        var vouched = VouchedOf(provider, received.Properties!.Items[Issuer]!, received.Principal!);
        if (received.Properties.Items.TryGetValue(LinkTo, out var person))
        {
            context.Response.Redirect($"/console/account?told={await LinkAsync(context, person!, vouched)}");
            received.HandleResponse();
            return;
        }

        var address = context.Connection.RemoteIpAddress?.ToString();
        var result = await context.RequestServices.GetRequiredService<OutsideSignIn>().SignInAsync(vouched, address, context.RequestAborted);
        if (result is not SignInResult.SignedIn { Member: var member })
        {
            context.Response.Redirect($"/console/sign-in?reason={ReasonOf(result)}");
            received.HandleResponse();
            return;
        }

        Appearance.Follow(context, member);
        received.Principal = StaffClaims.PrincipalOf(member, context.Request.Cookies[Appearance.LanguageCookie]);
        received.ReturnUri = $"/{ReturnAddress.After(member, received.ReturnUri)}";
        received.Properties = new AuthenticationProperties(); // Nothing of the provider's stays in the cookie.
    }

    /// <summary>Links to who is signed in now: the same as began it, or nobody.</summary>
    private static async Task<string> LinkAsync(HttpContext context, string person, VouchedPerson vouched)
    {
        var session = await context.AuthenticateAsync(StaffClaims.Scheme);
        if (session.Principal is not { } user || StaffClaims.MemberOf(user) is not { } member || member.Id != person)
            return "link_expired";
        try
        {
            await context.RequestServices.GetRequiredService<OwnAccount>().LinkIdentityAsync(member, vouched.Identity, context.RequestAborted);
            return "linked";
        }
        catch (StaffRefusedException refused)
        {
            return refused.Code;
        }
    }

    private static string ReasonOf(SignInResult result) => result switch
    {
        SignInResult.Disabled => "disabled",
        SignInResult.NotAdmitted { Reason: var reason } => reason,
        _ => "not_linked",
    };

    private static VouchedPerson VouchedOf(IdentityProvider provider, string issuer, ClaimsPrincipal who) => new(
        provider, issuer, who.FindFirstValue("sub")!, who.FindFirstValue("email"), who.FindFirstValue("email_verified") is { } verified && bool.TryParse(verified, out var yes) && yes,
        who.FindFirstValue("name"), who.FindFirstValue("preferred_username"), provider.RoleClaim is { } claim ? [.. ClaimValues.At(who, claim)] : []);

    private static ILogger LoggerOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OutsideProviders));

    [LoggerMessage(LogLevel.Warning, "Signing in by {Provider} came to nothing: {Reason}")]
    private static partial void LogFailed(ILogger logger, string provider, string reason);
}
