using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CustomerService.Mcp.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerService.Mcp.Serving;

/// <summary>Lets only known clients to the protocol's address: by their key with each request, with no session that could be taken over.</summary>
internal sealed class McpAccess(RequestDelegate next, ClientKeys keys, IMcpSettingsSource settings)
{
    /// <summary>The longest request, in bytes.</summary>
    public const int LongestBody = 64 * 1024;

    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var allowed = settings.Current;
        // A page in a browser that was lured here sends its origin, and by a name of its own.
        if (request.Headers.Origin is [{ } origin, ..] && !allowed.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return RefuseAsync(context, 403, "origin_not_allowed", "Pages of this origin may not call; the owner lists those that may in mcp.yaml.");
        if (!MayBeCalled(request.Host.Host, allowed, context.Connection.LocalIpAddress))
            return RefuseAsync(context, 403, "host_not_allowed", "This system is not called by that name; the owner lists its names in mcp.yaml.");
        if (request.ContentLength > LongestBody)
            return RefuseAsync(context, 413, "body_too_large", $"A request has at most {LongestBody} bytes.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = LongestBody;

        var header = request.Headers.Authorization.ToString();
        var client = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? keys.Find(header[Scheme.Length..].Trim()) : null;
        if (client is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return RefuseAsync(context, 401, "key_invalid", "This address needs a client's key: Authorization: Bearer <key>.");
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, client.Name)], "mcp-key"));
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static bool MayBeCalled(string host, McpSettings settings, IPAddress? local) => settings.Hosts.IsEmpty
        ? local is null || !IPAddress.IsLoopback(local) || host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        : settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        var problem = new JsonObject { ["status"] = status, ["code"] = code, ["detail"] = detail };
        return context.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", context.RequestAborted);
    }
}
