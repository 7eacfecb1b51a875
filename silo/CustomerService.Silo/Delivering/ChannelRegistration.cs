using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Channels.Health;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Following;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Delivering;

/// <summary>Puts the channels together: accounts as <c>channels.yaml</c> says, the way in, the way out.</summary>
internal static class ChannelRegistration
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>What every process needs that customers or grains are in: who calls, and where files lie.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services, SiloSettings settings, ISystemRecords records, SystemKeys keys)
    {
        services.AddSingleton(p => new ChannelFile(
            settings.Content.Channels, Environment.GetEnvironmentVariable, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ChannelFile>>()));
        services.AddSingleton<IChatSettings>(p => new ServedChat(p.GetRequiredService<ChannelFile>(), settings.Channels.Contains(ChannelNames.Email)));
        services.AddSingleton(_ => records.Attachments());
        services.AddSingleton(p => new ChannelHealth(p.GetRequiredService<TimeProvider>())).AddSingleton<ChannelInstruments>();
        services.AddSingleton(p => new FileLinks(keys.VisitorKey, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => Open(p, settings.Channels, records));
        services.AddSingleton(p => new ParkedMailDesk(records.ParkedMails(), p.GetRequiredService<ChannelAccounts>(), p.GetRequiredService<IChannelIntake>()));
        return services.AddSingleton<IChannelIntake>(p => new ObservedIntake(
            new ChannelIntake(p.GetRequiredService<IGrainClient>(), p.GetRequiredService<IAttachmentStore>(), p.GetRequiredService<ILogger<ChannelIntake>>()),
            p.GetRequiredService<ChannelHealth>()));
    }

    /// <summary>What follows accounts that have to be followed, one process for each at a time.</summary>
    public static IServiceCollection AddChannelFollowing(this IServiceCollection services, ISystemRecords records) =>
        services.AddHostedService(p => new ChannelFollowers(
            p.GetRequiredService<ChannelAccounts>(), p.GetRequiredService<IChannelIntake>(),
            name => records.Duty($"channel {name}", p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>()),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ChannelFollowers>>()));

    /// <summary>What removes files that no message has.</summary>
    public static IServiceCollection AddUnsentFiles(this IServiceCollection services, ISystemRecords records) =>
        services.AddHostedService(p => new UnsentFiles(
            p.GetRequiredService<IAttachmentStore>(), new ListedFiles(p.GetRequiredService<IRetentionList>(), p.GetRequiredService<JournalFollowing>()).InUseAsync, records.Duty("unsent files", p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>()),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<UnsentFiles>>()));

    /// <summary>Who does the sending that delivery grains ask for.</summary>
    public static IWorkPerformer Performer(IServiceProvider services, IGrainClient grains)
    {
        var backoff = new Backoff(FirstWait, LongestWait, Random.Shared);
        return new DeliveryPerformer(new MessageSender(
            grains, services.GetRequiredService<ChannelAccounts>(), backoff.After, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<MessageSender>>())
        {
            Health = services.GetRequiredService<ChannelHealth>(),
        });
    }

    private static ChannelAccounts Open(IServiceProvider services, IReadOnlyList<string> served, ISystemRecords records)
    {
        var file = services.GetRequiredService<ChannelFile>();
        var health = services.GetRequiredService<ChannelHealth>();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
        var accounts = new ChannelAccounts(
            Served(file.Current, served),
            settings => new AccountParts(
                http, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IAttachmentStore>(), settings.PublicUrl)
            {
                Health = health,
                Links = services.GetRequiredService<FileLinks>(),
                Mail = new MailParts(new GrainMailThreads(services.GetRequiredService<IGrainClient>), records.MailboxPositions(), records.ParkedMails())
                {
                    Journal = services.GetRequiredService<IJournal>,
                },
            },
            services.GetRequiredService<ILogger<ChannelAccounts>>());
        health.Watch(accounts);
        services.GetRequiredService<ChannelInstruments>();
        file.Changed += () => accounts.Use(Served(file.Current, served));
        return accounts;
    }

    private static ChannelSettings Served(ChannelSettings settings, IReadOnlyList<string> served) =>
        settings with { Accounts = settings.Accounts.RemoveAll(account => !served.Contains(account.Channel)) };

    /// <summary>What this system can't do is not offered.</summary>
    private sealed class ServedChat(ChannelFile file, bool mails) : IChatSettings
    {
        public ChatSettings Chat => mails ? file.Chat : file.Chat with { TranscriptsBy = null };
    }
}
