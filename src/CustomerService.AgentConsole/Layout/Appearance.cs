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

    public static Words WordsOf(HttpContext context) => context.Request.Cookies[LanguageCookie] is { } chosen && Words.Languages.Contains(chosen)
        ? Words.In(chosen)
        : Words.Accepted(context.Request.Headers.AcceptLanguage);
}
