using System.Collections.Concurrent;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Voice;
using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Gateway;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>A real gateway on a real port with accounts of all kinds. What it logs as a fault is a finding.</summary>
internal sealed class HostileGateway : IAsyncDisposable
{
    /// <summary>Its world keeps all that was said to it, so it is begun anew.</summary>
    private const int UsesOfAWorld = 3_000;

    private readonly Faults _faults = new();
    private ChannelAccounts? _accounts;
    private RunningGateway? _gateway;
    private int _uses;

    /// <summary>One that has not been said too much yet.</summary>
    public async ValueTask<RunningGateway> OpenAsync()
    {
        if (_gateway is not null && _uses++ < UsesOfAWorld)
            return _gateway;
        await DisposeAsync();
        _uses = 0;
        var world = new GrainWorld { Script = context => Task.FromResult(context.Message.Content.Length % 2 == 0 ? Outcomes.Answer("Yes.") : Outcomes.Handoff()) };
        var files = new Channels.Tests.Vendors.TestParts.MemoryFiles();
        _accounts = new ChannelAccounts(
            ChannelSettings.Parse(WebhookSeeds.Settings, "channels.yaml", WebhookSeeds.Environment),
            now => new AccountParts(new HttpClient(new NoNetwork()), TimeProvider.System, NullLoggerFactory.Instance, files, now.PublicUrl), NullLogger<ChannelAccounts>.Instance);
        var unlimited = new RateLimit(1_000_000, 1_000_000);
        _gateway = await RunningGateway.StartAsync(
            world, RunningGateway.Options with { VisitorLimit = unlimited, AddressLimit = unlimited },
            services: services => services
                .AddSingleton(_accounts)
                .AddSingleton<IChannelIntake>(new ChannelIntake(world, files, NullLogger<ChannelIntake>.Instance))
                .AddSingleton<ILoggerProvider>(_faults)
                .AddSingleton<TimeProvider>(new Hasty()));
        return _gateway;
    }

    /// <exception cref="FuzzFinding">Something was logged as a fault.</exception>
    public void Check()
    {
        if (_faults.Logged.TryDequeue(out var fault))
            throw new FuzzFinding(fault);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is null)
            return;
        await _gateway.StopAsync();
        Directory.Delete(_gateway.World.Folder, recursive: true);
        await _gateway.DisposeAsync();
        await _accounts!.DisposeAsync();
        _gateway = null;
    }

    /// <summary>A caller waits some seconds for an answer, by design; here they are over at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.FromSeconds(7) && dueTime <= CallFlow.Patience ? TimeSpan.Zero : dueTime, period);
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
    }

    private sealed class Faults : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Logged { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Logged.Enqueue($"logged as a fault: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
