using CustomerService.Gateway;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Pipelines.Routing;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.ServiceDefaults;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Running;

/// <summary>Puts one whole system together: store, grains, pipeline, gateway.</summary>
internal static class SiloApplication
{
    /// <exception cref="CommandFailedException">Something that it needs can't be used; the message says what and the fix.</exception>
    public static WebApplication Build(SiloSettings settings, DataFolder data, SystemKeys keys)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ForSilo(settings);
        builder.WebHost.UseUrls([settings.Listen, .. MetricsAddress(settings)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseConsoleLifetime(console => console.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));

        var services = builder.Services;
        services.AddSingleton(MachineTime.Create()).AddSingleton(settings).AddSingleton(data);
        services.AddSingleton<IGrainStore>(_ => SqliteStore.Open(data.Path));
        services.AddSingleton(p => HostOn(p, settings, data));
        services.AddSingleton<IGrainClient>(p => p.GetRequiredService<InProcessHost>().Door);
        services.AddSingleton<IJournal>(p => p.GetRequiredService<InProcessHost>().Journal);
        services.AddSingleton<IHints, InProcessHints>();
        services.AddSingleton<IParkedCommands>(p => new ParkedCommandList(p.GetRequiredService<InProcessHost>().Parked));
        services.AddSingleton<IClusterView>(p => new InProcessClusterView(
            p.GetRequiredService<InProcessHost>(), p.GetRequiredService<IGrainStore>(), settings.Listen, p.GetRequiredService<TimeProvider>()));
        services.AddHostedService(p => p.GetRequiredService<InProcessHost>());
        services.AddHostedService<PolicyTeller>();
        services.AddCrmFeeds(settings, data);
        services.AddHealth().AddTelemetry();
        services.AddChatGateway(new GatewayOptions
        {
            VisitorKey = keys.VisitorKey,
            AgentToken = keys.AgentToken,
            OperatorToken = keys.OperatorToken,
            Queues = [.. RoutingRulesFile.Parse(File.ReadAllText(settings.Content.Routing), settings.Content.Routing).QueueNames],
        });
        services.AddSingleton<PipelineHolder>();
        services.AddSingleton<MinuteFigures>();
        if (!settings.Quiet)
            services.AddHostedService(p => p.GetRequiredService<MinuteFigures>());

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.KeepMetricsPortToItself(settings);
        app.UseChatGateway();
        app.MapHealth();
        app.MapMetrics(beforeScrape: app.Services.GetRequiredService<QueueInstruments>().RefreshAsync);
        app.MapChatGateway();
        return app;
    }

    private static InProcessHost HostOn(IServiceProvider services, SiloSettings settings, DataFolder data)
    {
        var time = services.GetRequiredService<TimeProvider>();
        return new InProcessHost(
            GrainCatalog.All,
            services.GetRequiredService<IGrainStore>(),
            grains =>
            {
                var parts = services.GetRequiredService<PipelineHolder>().Hold(
                    PipelineParts.Compose(grains, settings, data, services.GetRequiredService<ILoggerFactory>(), time).Opened());
                return [new PipelineRunPerformer(grains, parts, settings, time)];
            },
            new InProcessOptions { Workers = settings.Workers },
            time: time,
            logger: services.GetRequiredService<ILogger<InProcessHost>>());
    }

    private static IEnumerable<string> MetricsAddress(SiloSettings settings) => settings.MetricsPort == 0
        ? []
        : [new UriBuilder(settings.Listen) { Port = settings.MetricsPort }.Uri.GetLeftPart(UriPartial.Authority)];

    /// <summary>The port for Prometheus serves figures and health, and nothing that customers or agents use.</summary>
    private static void KeepMetricsPortToItself(this WebApplication app, SiloSettings settings)
    {
        if (settings.MetricsPort == 0)
            return;
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (context.Connection.LocalPort != settings.MetricsPort || path.StartsWithSegments("/metrics") || path.StartsWithSegments("/health"))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}

/// <summary>Keeps the pipeline's parts for whoever asks, and closes them with the application.</summary>
internal sealed class PipelineHolder : IAsyncDisposable
{
    private PipelineParts? _parts;

    /// <summary>The queues that the routing rules can name now.</summary>
    public IEnumerable<string> Queues => _parts?.Routing.Current.QueueNames ?? [];

    /// <summary>The languages that the assistant answers in now.</summary>
    public IEnumerable<string> Languages => _parts?.Routing.Current.AssistantLanguages.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();

    /// <summary>The routing file in use; null before the grains' host is made.</summary>
    public RoutingRulesFile? Routing => _parts?.RoutingFile;

    public PipelineParts Hold(PipelineParts parts) => _parts = parts;

    public ValueTask DisposeAsync() => _parts?.DisposeAsync() ?? default;
}
