using CustomerService.Bench.Sockets;
using CustomerService.Bench.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Bench.Doors;

/// <summary>ASP.NET Core with as little on it as can be: the floor that sockets and webhooks are held against.</summary>
internal sealed class BareDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareDoor(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="secret">What webhooks are signed with.</param>
    public static async Task<BareDoor> StartAsync(string secret, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        BareSocket.Map(app);
        new BareWebhooks(secret).Map(app);
        await app.StartAsync(cancellation);
        return new BareDoor(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
