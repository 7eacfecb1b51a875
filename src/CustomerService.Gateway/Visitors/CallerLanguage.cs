using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Visitors;

/// <summary>The language in which a caller reads the system's own words, from <c>Accept-Language</c>; browsers send it with sockets too.</summary>
internal static class CallerLanguage
{
    public const string Default = "en";

    private static readonly string[] Spoken = [Default, "es", "fr", "de", "ja"];

    /// <summary>ISO 639-1: the best that is spoken here, else English.</summary>
    public static string Of(HttpContext context) => Find(context) ?? Default;

    /// <summary>ISO 639-1: the best that is spoken here, or null.</summary>
    public static string? Find(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1) // equal ones stay in their order
        .Select(accepted => accepted.Value.AsSpan() is [var first, var second, ..] code && (code.Length == 2 || code[2] == '-') ? $"{char.ToLowerInvariant(first)}{char.ToLowerInvariant(second)}" : "")
        .FirstOrDefault(Spoken.Contains);
}
