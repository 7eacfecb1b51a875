using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Gateway.Widget;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace CustomerService.Gateway.Page;

/// <summary>The chat's own page, and the script by which any site has the chat; carried inside the program.</summary>
internal static class ChatPage
{
    /// <summary>Only our own files, pictures that the script was given, no inline script or style, in nobody's frame.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string ContentType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/page.css", "page.css", "text/css; charset=utf-8"),
        ("/chat.svg", "chat.svg", "image/svg+xml"),
    ];

    private static readonly (string Path, string File, string ContentType)[] Demo =
    [
        ("/demo", "demo.html", "text/html; charset=utf-8"),
        ("/demo.css", "demo.css", "text/css; charset=utf-8"),
    ];

    /// <param name="demo">Whether a page like a shop's shows the chat's button.</param>
    public static void Map(IEndpointRouteBuilder endpoints, bool demo)
    {
        foreach (var (path, file, contentType) in demo ? [.. Files, .. Demo] : Files)
            Serve(endpoints, path, EmbeddedFile.Bytes(typeof(ChatPage), file), contentType);
        // Other sites' pages load it too.
        Serve(endpoints, "/widget.js", Encoding.UTF8.GetBytes(WidgetScript.Text), "text/javascript; charset=utf-8", "cross-origin");
    }

    private static void Serve(IEndpointRouteBuilder endpoints, string path, byte[] bytes, string contentType, string usedBy = "same-origin")
    {
        var packed = Packed(bytes);
        var (plain, small) = (Version(bytes), Version(packed));
        endpoints.MapGet(path, (HttpContext context) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-cache"; // Kept by browsers, asked for anew: a new version shows at once.
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = usedBy;
            headers.Vary = "Accept-Encoding";
            if (context.Request.GetTypedHeaders().AcceptEncoding.Any(each => each.Value == "gzip" && each.Quality is not 0))
            {
                headers.ContentEncoding = "gzip";
                return Results.Bytes(packed, contentType, entityTag: small);
            }

            return Results.Bytes(bytes, contentType, entityTag: plain);
        }).ExcludeFromDescription();
    }

    private static EntityTagHeaderValue Version(byte[] bytes) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\"");

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
