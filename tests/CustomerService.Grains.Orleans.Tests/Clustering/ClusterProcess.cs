using System.Collections.Concurrent;
using CustomerService.Grains.Orleans.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

/// <summary>What a process of a cluster is, over real TCP, within the test's own: a silo or a client.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    private readonly IHost host;
    private readonly Lines lines = new();
    private bool hasStarted;

    private ClusterProcess(Action<HostApplicationBuilder> join)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Warning);
        join(builder);
        host = builder.Build();
    }

    public IServiceProvider Services => host.Services;

    public SiloAddress Address => Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public SiloAddress Gateway => Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress;

    /// <summary>Asks whichever silo the grain of management lives in about all of them.</summary>
    public IManagementGrain Management => Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

    /// <summary>Loopback and free ports.</summary>
    public static ClusterSettings Settings(string? redis, string cluster, SiloTls? tls = null) =>
        new() { Redis = redis, ClusterId = cluster, SiloPort = 0, ClientPort = 0, Detection = FailureDetection.Fast, Tls = tls };

    public static ClusterProcess Silo(ClusterSettings settings) => new(builder => builder.UseOrleans(silo => silo.JoinCluster(settings)));

    public static ClusterProcess Client(ClusterSettings settings) => new(builder => builder.UseOrleansClient(client => client.JoinCluster(settings)));

    public async Task<ClusterProcess> StartAsync(CancellationToken cancellation = default)
    {
        await host.StartAsync(cancellation);
        hasStarted = true;
        return this;
    }

    public Task StopAsync() => host.StopAsync();

    /// <summary>Ends when the process has logged a line that holds the text; also when it has already.</summary>
    public Task<string> LoggedAsync(string text) => lines.WithAsync(text).WaitAsync(TimeSpan.FromSeconds(60));

    public int Logged(string text) => lines.Count(text);

    public async ValueTask DisposeAsync()
    {
        if (hasStarted)
            await host.StopAsync();
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> seen = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> awaited = new();

        public Task<string> WithAsync(string text)
        {
            var line = awaited.GetOrAdd(text, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            if (seen.FirstOrDefault(Holds) is { } already)
                line.TrySetResult(already);
            return line.Task;

            bool Holds(string one) => one.Contains(text, StringComparison.Ordinal);
        }

        public int Count(string text) => seen.Count(line => line.Contains(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception);
            seen.Enqueue(line);
            foreach (var (text, found) in awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                    found.TrySetResult(line);
            }
        }

        public void Dispose()
        {
        }
    }
}
