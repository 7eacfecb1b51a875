using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Visitors;

/// <summary>
/// The language in which a caller reads the system's own words: what their page was set to (the query's <c>language</c>), else what their browser accepts. Browsers send that
/// with sockets too.
/// </summary>
internal static class CallerLanguage
{
    public const string Default = "en";

    private static readonly string[] Spoken = [Default, "es", "fr", "de", "ja"];

    /// <summary>ISO 639-1: the best that is spoken here, else English.</summary>
    public static string Of(HttpContext context) => Find(context) ?? Default;

    /// <summary>ISO 639-1: the best that is spoken here, or null.</summary>
    public static string? Find(HttpContext context) => Spoken.Contains(context.Request.Query["language"].ToString()) ? context.Request.Query["language"].ToString() : context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1) // equal ones stay in their order
        .Select(accepted => accepted.Value.AsSpan() is [var first, var second, ..] code && (code.Length == 2 || code[2] == '-') ? $"{char.ToLowerInvariant(first)}{char.ToLowerInvariant(second)}" : "")
        .FirstOrDefault(Spoken.Contains);
}
