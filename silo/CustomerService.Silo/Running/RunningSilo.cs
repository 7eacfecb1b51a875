using System.Net.Sockets;
using CustomerService.ServiceDefaults;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerService.Silo.Running;

/// <summary>A system that runs: started in this process, or found at an address.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly WebApplication? _app;
    private readonly DataFolder? _data;

    private RunningSilo(Uri address, string agentToken, WebApplication? app = null, DataFolder? data = null)
    {
        (Address, AgentToken) = (address, agentToken);
        (_app, _data) = (app, data);
    }

    public Uri Address { get; }

    public string AgentToken { get; }

    /// <summary>The application, where it runs in this process.</summary>
    public WebApplication App => _app ?? throw new InvalidOperationException("The system runs elsewhere.");

    /// <summary>The languages that the assistant answers in, where it runs in this process.</summary>
    public IEnumerable<string> Languages => App.Services.GetRequiredService<PipelineHolder>().Languages;

    /// <summary>A system elsewhere. Its token is the given one, or the environment's, or the one in the folder.</summary>
    public static RunningSilo At(Uri address, string? token, string folder)
    {
        token ??= Environment.GetEnvironmentVariable(EnvironmentVariables.AgentToken);
        return new RunningSilo(address, token ?? DataFolder.Existing(folder).AgentToken());
    }

    /// <summary>Starts a system here; returns when it is ready.</summary>
    /// <exception cref="CommandFailedException">It can't start; the message says why and what to do.</exception>
    public static async Task<RunningSilo> StartAsync(SiloSettings settings, CancellationToken cancellation)
    {
        if (settings.Cluster is not null)
            throw new CommandFailedException("--cluster: the processes of a cluster are not put together yet.");
        var data = DataFolder.Create(settings.DataFolder);
        WebApplication? app = null;
        try
        {
            var keys = await data.KeysAsync(Environment.GetEnvironmentVariable, cancellation);
            app = SiloApplication.Build(settings, data, keys);
            var readiness = app.Services.GetRequiredService<Readiness>();
            app.Lifetime.ApplicationStopping.Register(() => readiness.MarkDraining());
            await app.StartAsync(cancellation);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            data.Announce(address);
            readiness.MarkReady();
            return new RunningSilo(address, keys.AgentToken, app, data);
        }
        catch (Exception fault)
        {
            if (app is not null)
                await app.DisposeAsync();
            throw PortFault(fault, settings) ?? ContentFaults.Recognise(fault) ?? fault;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        _data!.Withdraw();
        await _app.DisposeAsync();
    }

    private static CommandFailedException? PortFault(Exception fault, SiloSettings settings) => fault switch
    {
        IOException { InnerException: AddressInUseException } => new CommandFailedException(
            $"An address is in use already: {settings.Listen}{(settings.MetricsPort == 0 ? "" : $" or port {settings.MetricsPort} (--metrics-port)")}. Stop what listens there, or choose another with --listen or --metrics-port."),
        SocketException socket => new CommandFailedException($"Can't listen on {settings.Listen}: {socket.Message}. Choose another address with --listen."),
        _ => null,
    };
}
