using CustomerService.AgentConsole.Wording;
using Microsoft.AspNetCore.Http;

namespace CustomerService.AgentConsole.Layout;

/// <summary>How the console looks and in which language it is, where nobody is signed in yet: what this browser chose last, else what it asks for.</summary>
internal static class Appearance
{
    /// <summary>Written by the page's script when somebody chooses.</summary>
    public const string ThemeCookie = "console-theme";

    /// <inheritdoc cref="ThemeCookie"/>
    public const string LanguageCookie = "console-language";

    /// <summary><c>light</c>, <c>dark</c>, or <c>auto</c>: as the machine is set.</summary>
    public static string ThemeOf(HttpRequest request) => request.Cookies[ThemeCookie] is ("light" or "dark") and var chosen ? chosen : "auto";

    /// <summary>What somebody chose in another browser holds in this one.</summary>
    public static void Follow(HttpContext context, StaffMember member)
    {
        Keep(context, LanguageCookie, Words.Languages.Contains(member.Language ?? "") ? member.Language : null);
        Keep(context, ThemeCookie, member.Theme is "light" or "dark" or "auto" ? member.Theme : null);
    }

    /// <summary>When the light style sheet applies, as a media query.</summary>
    public static string LightMedia(HttpRequest request) => ThemeOf(request) switch
    {
        "light" => "all",
        "dark" => "not all",
        _ => "(prefers-color-scheme: light)",
    };

    /// <summary>When the dark style sheet applies, as a media query.</summary>
    public static string DarkMedia(HttpRequest request) => ThemeOf(request) switch
    {
        "light" => "not all",
        "dark" => "all",
        _ => "(prefers-color-scheme: dark)",
    };

    // The page's script reads and writes them too.
    private static void Keep(HttpContext context, string name, string? chosen)
    {
        if (chosen is not null)
            context.Response.Cookies.Append(name, chosen, new CookieOptions { Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps });
    }

    public static Words WordsOf(HttpContext context) => context.Request.Cookies[LanguageCookie] is { } chosen && Words.Languages.Contains(chosen)
        ? Words.In(chosen)
        : Words.Accepted(context.Request.Headers.AcceptLanguage);
}
