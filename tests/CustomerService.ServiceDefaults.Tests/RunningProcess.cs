using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>A process with all the defaults, on a real port.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningProcess(WebApplication app, string address)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Http { get; }

    public Readiness Readiness => _app.Services.GetRequiredService<Readiness>();

    public static async Task<RunningProcess> StartAsync(Func<CancellationToken, ValueTask>? beforeScrape = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHealth().AddTelemetry();
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.MapHealth();
        app.MapMetrics(beforeScrape: beforeScrape);
        app.MapGet("/own", (HttpContext context) =>
        {
            context.Response.Headers["X-Frame-Options"] = "SAMEORIGIN";
            return "own";
        });
        await app.StartAsync();
        return new RunningProcess(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
