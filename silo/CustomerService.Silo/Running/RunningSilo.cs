using CustomerService.ServiceDefaults;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Entrance;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerService.Silo.Running;

/// <summary>A system that runs: started in this process, or found at an address.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly WebApplication? _app;
    private readonly ISystemRecords? _records;

    private RunningSilo(Uri address, string agentToken, WebApplication? app = null, ISystemRecords? records = null)
    {
        (Address, AgentToken) = (address, agentToken);
        (_app, _records) = (app, records);
    }

    public Uri Address { get; }

    public string AgentToken { get; }

    /// <summary>The application, where it runs in this process.</summary>
    public WebApplication App => _app ?? throw new InvalidOperationException("The system runs elsewhere.");

    /// <summary>The languages that the assistant answers in; none where pipelines run in other processes.</summary>
    public IEnumerable<string> Languages => App.Services.GetService<PipelineHolder>()?.Languages ?? [];

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
        DemoEntrance.Check(settings);
        ISystemRecords records = settings.Cluster is { } part ? await SharedDatabase.OpenAsync(part.Database, cancellation) : DataFolder.Create(settings.DataFolder);
        WebApplication? app = null;
        try
        {
            var keys = await records.KeysAsync(Environment.GetEnvironmentVariable, cancellation);
            app = SiloApplication.Build(settings, records, keys);
            var readiness = app.Services.GetRequiredService<Readiness>();
            app.Lifetime.ApplicationStopping.Register(() => readiness.MarkDraining());
            await app.StartAsync(cancellation);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            (records as DataFolder)?.Announce(address);
            readiness.MarkReady();
            return new RunningSilo(address, keys.AgentToken, app, records);
        }
        catch (Exception fault)
        {
            if (app is not null)
                await app.DisposeAsync();
            await CloseAsync(records);
            throw StartFaults.Recognise(fault, settings) ?? fault;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        (_records as DataFolder)?.Withdraw();
        await _app.DisposeAsync();
        await CloseAsync(_records);
    }

    private static ValueTask CloseAsync(ISystemRecords? records) => records is IAsyncDisposable shared ? shared.DisposeAsync() : default;
}
