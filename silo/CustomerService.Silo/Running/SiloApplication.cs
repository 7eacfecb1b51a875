using CustomerService.AgentConsole;
using CustomerService.AgentConsole.Customers;
using CustomerService.AgentConsole.Operations;
using CustomerService.AgentConsole.WhatIf;
using CustomerService.Assistants.Quality;
using CustomerService.Gateway;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Staff;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Desks;
using CustomerService.Pipelines.Routing;
using CustomerService.Reporting.Alerts;
using CustomerService.Reporting.Following;
using CustomerService.Reporting.Retention;
using CustomerService.ServiceDefaults;
using CustomerService.Silo.Alerts;
using CustomerService.Silo.Answering;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Delivering;
using CustomerService.Silo.Entrance;
using CustomerService.Silo.Interpreting;
using CustomerService.Silo.Learning;
using CustomerService.Silo.Owners;
using CustomerService.Silo.Retention;
using CustomerService.Silo.WhatIf;
using CustomerService.Staff;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerService.Silo.Running;

/// <summary>Puts one process together: who hosts its grains, what works where grains live, and its doors.</summary>
internal static class SiloApplication
{
    /// <exception cref="CommandFailedException">Something that it needs can't be used; the message says what and the fix.</exception>
    public static WebApplication Build(SiloSettings settings, ISystemRecords records, SystemKeys keys)
    {
        var program = typeof(SiloApplication).Assembly.GetName().Name; // Its files are found by this name, whoever runs it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = program });
        builder.Logging.ForSilo(settings);
        builder.WebHost.UseUrls([settings.Listen, .. MetricsAddress(settings)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseConsoleLifetime(console => console.SuppressStatusMessages = true);
        // What starts later stops earlier: the doors, then the feeds, then the grains' host, which drains (and leaves the cluster); at last the store.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(MachineTime.Create()).AddSingleton(settings).AddHealth().AddTelemetry();

        var roles = settings.Cluster?.Roles ?? Roles.All;
        var rules = RoutingRulesFile.Parse(File.ReadAllText(settings.Content.Routing), settings.Content.Routing);
        var queues = rules.QueueNames;
        var staff = StaffFile.Load(settings.Content.Staff, Environment.GetEnvironmentVariable) with { LetsDemoPeopleIn = DemoEntrance.IsOpen(settings) };
        AddGrains(builder, settings, records);
        builder.Services.AddSingleton<ProcessFigures>().AddSingleton<ProcessReporter>();
        builder.Services.AddChannels(settings, records, keys).AddConversationList(records).AddFigures(records, rules);
        if ((roles & (Roles.Silo | Roles.Console)) != 0)
            builder.Services.AddAlertRules(settings.Content).AddRetentionRules(settings.Content);
        if (roles.HasFlag(Roles.Silo))
            builder.Services.AddWorkOfGrains(settings, records).AddGatewayInstruments(queues);
        if ((roles & Roles.Doors) != 0)
            builder.Services.AddStaff(keys.StaffKey, staff).AddGatewayDoors(GatewayOf(settings, keys, queues)).AddDraftReview(settings).AddDesks(settings);
        if (roles.HasFlag(Roles.Console))
        {
            builder.Services.AddToolServing(settings, records, keys).AddScorecards(settings.Content).AddAgentConsole(staff.Providers).AddOwnerFiles(settings).AddAnswering(settings.Content).AddSingleton<IStoreSize>(new StoreSizes(records));
            builder.Services.AddSingleton<IPresentRules>(new PresentRules(settings));
            builder.Services.AddSingleton(_ => records.OpenOrders()).AddSingleton<ICustomerOrders, ConsoleOrders>();
            builder.WebHost.UseStaticWebAssets(); // Where it was built but not published, its files lie in several places.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false"; // Else a fallback for edited files answers each unknown POST with 405.
        }

        builder.Services.AddForesight();
        builder.Services.AddSingleton(p => records.OpenKnowledge(p.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IArticleFeedback>(p => p.GetRequiredService<KnowledgeRecords>()).AddSingleton<IAnswerFeedback, ArticleVotes>();
        builder.Services.AddInterpreting(settings.Content);

        var app = builder.Build();
        app.Services.GetService<DeskFile>(); // A bad one is told now.
        app.Services.GetRequiredService<ProcessFigures>(); // It listens from the start.
        app.Services.GetService<IAlertRules>();
        app.Services.GetService<IRetentionRules>();
        app.UseTrustedProxies(settings.TrustedProxies);
        app.UseSecurityHeaders();
        app.KeepMetricsPortToItself(settings);
        app.MapHealth();
        app.MapMetrics(beforeScrape: app.Services.GetService<QueueInstruments>() is { } instruments ? instruments.RefreshAsync : null);
        if (roles.HasFlag(Roles.Console))
        {
            app.UseAgentConsole();
            app.MapAgentConsole();
            app.MapToolServing();
        }

        app.MapDoors(roles);
        return app;
    }

    private static GatewayOptions GatewayOf(SiloSettings settings, SystemKeys keys, IEnumerable<string> queues) => new()
    {
        VisitorKey = keys.VisitorKey,
        AgentToken = keys.AgentToken,
        OperatorToken = keys.OperatorToken,
        Queues = [.. queues],
        Demo = settings.Mode == "development",
    };

    /// <summary>People's messages are held against the owner's rules wherever they come in.</summary>
    private static IServiceCollection AddDraftReview(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(p => new WatchedQualityRules(settings.Content.Quality, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<WatchedQualityRules>>()));
        return services.AddSingleton<IDraftReview>(p => new DraftReviewer(p.GetRequiredService<WatchedQualityRules>(), () => p.GetService<PipelineHolder>()?.Parts?.Knowledge));
    }

    private static IServiceCollection AddDesks(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(p => new DeskFile(settings.Content.Desk, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<DeskFile>>()));
        return services.AddSingleton<IDeskActivities, OwnersActivities>();
    }

    /// <summary>Whoever hosts the grains: this process alone, or a cluster that it has a part in.</summary>
    private static void AddGrains(WebApplicationBuilder builder, SiloSettings settings, ISystemRecords records)
    {
        switch (settings.Cluster, records)
        {
            case (null, DataFolder data):
                builder.Services.AddInProcessSystem(settings, data);
                break;
#if ORLEANS
            case ({ HasSilo: true } part, SharedDatabase shared):
                builder.AddClusterSilo(settings, part, shared);
                break;
            case ({ } part, SharedDatabase shared):
                builder.AddClusterClient(part, shared);
                break;
#endif
            default:
                throw new InvalidOperationException("A process alone keeps a folder, and a cluster shares a database.");
        }
    }

    /// <summary>What a process does besides its grains, wherever some live.</summary>
    private static IServiceCollection AddWorkOfGrains(this IServiceCollection services, SiloSettings settings, ISystemRecords records)
    {
        services.AddSingleton<PipelineHolder>();
        services.AddSingleton<IReplySuggestions, ReplySuggestions>();
        services.AddHostedService<PolicyTeller>();
        services.AddHostedService<ModelBudgetReturn>();
        services.AddHostedService<ArticleEvidence>();
        services.AddCrmFeeds(settings, records);
        services.AddChannelFollowing(records);
        services.AddConversationListKeeping(records).AddFiguresKeeping(records);
        services.AddUnsentFiles(records);
        services.AddAlertRunner(records);
        services.AddRetentionRunner(records);
        services.AddSingleton<MinuteFigures>();
        return settings.Quiet ? services : services.AddHostedService(p => p.GetRequiredService<MinuteFigures>());
    }

    /// <summary>Each process that works or shows figures follows the journal itself: the same journal makes the same likely everywhere.</summary>
    private static void AddForesight(this IServiceCollection services)
    {
        services.TryAddSingleton<Foresight>();
        services.AddSingleton<ReportingInstruments>();
        services.AddSingleton(p => new ForesightFollower(
            p.GetRequiredService<Foresight>(), () => p.GetService<PipelineHolder>()?.Rules, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ForesightFollower>>()));
        services.AddHostedService(p =>
        {
            p.GetRequiredService<ReportingInstruments>();
            return p.GetRequiredService<ForesightFollower>();
        });
    }

    private static void MapDoors(this WebApplication app, Roles roles)
    {
        if ((roles & Roles.Doors) == 0)
            return;
        app.UseChatGateway();
        switch (roles & Roles.Doors)
        {
            case Roles.Gateway:
                app.MapCustomerGateway();
                break;
            case Roles.Console:
                app.MapStaffGateway();
                app.MapGet("/", () => Results.Redirect("/console")).ExcludeFromDescription();
                break;
            default:
                app.MapChatGateway();
                break;
        }
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
