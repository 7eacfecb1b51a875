using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>Somebody else's site, of another origin, with the strictest policy that a careful shop may have and a loud style.</summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopSite(WebApplication app) => _app = app;

    public string Origin { get; private set; } = "";

    public Uri Address => new(Origin);

    /// <summary>Where its pages load the chat from.</summary>
    public Uri? Chat { get; set; }

    /// <summary>The tag's attributes.</summary>
    public string Settings { get; set; } = "";

    /// <summary>Who is signed in; null: nobody.</summary>
    public string? Customer { get; set; }

    public static async Task<ShopSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var shop = new ShopSite(app);
        app.MapGet("/", shop.Page);
        app.MapGet("/shop.css", () => Results.Text("button, textarea, input { border: 6px dashed red !important; } p { color: red !important; }", "text/css"));
        app.MapGet("/identity", () => shop.Customer is { } customer ? Results.Text(shop.Token(customer)) : Results.StatusCode(204));
        await app.StartAsync();
        shop.Origin = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return shop;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Page(HttpContext context)
    {
        var chat = Chat!.GetLeftPart(UriPartial.Authority);
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src {chat}; style-src 'self'; img-src blob: data:; connect-src 'self' {chat} {chat.Replace("http", "ws", StringComparison.Ordinal)}; "
            + "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'";
        return Results.Text($"""
            <!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"><link rel="stylesheet" href="shop.css"></head>
            <body><h1>A shop</h1><p>Its own words.</p><button type="button">Its own button</button>
            <script src="{chat}/widget.js" {Settings} async></script></body></html>
            """, "text/html; charset=utf-8");
    }

    /// <summary>As a shop's server signs it.</summary>
    private string Token(string customer)
    {
        var signed = $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(JsonSerializer.Serialize(new { sub = customer, aud = Origin, exp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 300 }))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RunningGateway.IdentityKeyOf("KEY_NEW")), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
