using System.CommandLine;
using System.CommandLine.Parsing;
using CustomerService.Grains.Conversations;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Entrance;

namespace CustomerService.Silo.CommandLine;

/// <summary>The flags of <c>run</c>. Each command needs its own option objects, so they are made anew for each.</summary>
internal sealed class RunOptions
{
    private static readonly string[] KnownLanguages = ["en", "es", "fr", "de", "ja"];

    public Option<int> Workers { get; } = CommonOptions.Number("--workers", SiloSettings.DefaultWorkers, 1, 4096, "How many pipeline runs may be under way at once.");

    public Option<string[]> Channels { get; } = List("--channels", [.. Grains.Conversations.ChannelNames.All],
        "The channels to serve, separated by commas or spaces: chat, email, voice, sms, social. Which accounts there are, channels.yaml says.");

    public Option<string[]> Languages { get; } = List("--languages", [],
        "The languages that the assistant may answer in; messages in others go to a person. Default: assistant_languages of routing.yaml.");

    public Option<string> Mode { get; } = new("--mode")
    {
        Description = "development (verbose log, demo people sign in by one click), staging or production.",
        DefaultValueFactory = _ => "production",
        HelpName = "development|staging|production",
    };

    public Option<bool> LetAnyoneIn { get; } = new(DemoEntrance.Flag)
    {
        Description = "Let --mode development listen where other machines reach it: whoever does signs in as anybody.",
    };

    public Option<int> MetricsPort { get; } = CommonOptions.Number("--metrics-port", SiloSettings.DefaultMetricsPort, 0, 65535,
        "Where /metrics is served for Prometheus; 0 serves it on the main address only.");

    public Option<string> Listen { get; } = new("--listen")
    {
        Description = "The address of the chat page and the API.",
        DefaultValueFactory = _ => SiloSettings.DefaultListen,
        HelpName = "URL",
    };

    public Option<string[]> TrustedProxies { get; } = List("--trusted-proxies", [],
        "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks, separated by commas or spaces.");

    public Option<string?> Pipeline { get; } = new("--pipeline")
    {
        Description = "The pipeline that each message runs; edits are picked up while running. Default: pipelines/default.yaml of the content.",
        HelpName = "FILE",
    };

    public Option<string?> IntentModel { get; } = new("--intent-model")
    {
        Description = "A model, or a folder of models, made by 'train'; it takes the place of those that ship.",
        HelpName = "PATH",
    };

    public Option<string> KnowledgeIndex { get; } = new("--knowledge-index")
    {
        Description = "Where the index of the articles is kept: memory, or postgresql, the cluster's database, for collections too big for each process's memory.",
        DefaultValueFactory = _ => "memory",
        HelpName = "memory|postgresql",
    };

    public ClusterFlags Cluster { get; } = new();

    public WebhookOption CrmWebhook { get; } = new("--crm-webhook", "A CRM to tell of customers and of every interaction with them", FeedTarget.Crm);

    public WebhookOption TicketWebhook { get; } = new("--ticket-webhook", "A ticket system to mirror every ticket in", FeedTarget.Ticketing);

    public WebhookOption AlertWebhook { get; } = new("--alert-webhook", "A system to tell of alerts, such as a pager", FeedTarget.Alerts);

    public Option<string> Data { get; } = CommonOptions.Data();

    public Option<string?> Content { get; } = CommonOptions.Content();

    public IEnumerable<Option> All => [Workers, Channels, Languages, Mode, LetAnyoneIn, MetricsPort, Listen, TrustedProxies, Pipeline, IntentModel, KnowledgeIndex, CrmWebhook.Option, TicketWebhook.Option, AlertWebhook.Option, Data, Content, .. Cluster.Options];

    public RunOptions()
    {
        Channels.Validators.Add(result => Reject(result, Split(result), Grains.Conversations.ChannelNames.All, "channel"));
        Languages.Validators.Add(result => Reject(result, Split(result), KnownLanguages, "language"));
        TrustedProxies.Validators.Add(result =>
        {
            try
            {
                Entrance.TrustedProxies.Parse(Split(result));
            }
            catch (FormatException fault)
            {
                result.AddError($"--trusted-proxies: {fault.Message}");
            }
        });
        Mode.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("development" or "staging" or "production") and var stranger)
                result.AddError($"'{stranger}' is no mode; known are development, staging, production.");
        });
        KnowledgeIndex.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("memory" or "postgresql") and var stranger)
                result.AddError($"'{stranger}' is no place for the index; known are memory, postgresql.");
        });
        Listen.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
                result.AddError($"--listen takes an address like {SiloSettings.DefaultListen}; '{text}' is none.");
        });
    }

    /// <summary>What the command line says, checked as far as text alone allows.</summary>
    /// <param name="environment">The environment's variables, by name.</param>
    /// <exception cref="CommandFailedException">A webhook or a cluster's address can't be used, or flags contradict each other.</exception>
    public SiloSettings Read(ParseResult parsed, Func<string, string?> environment)
    {
        var channels = SplitAll(parsed.GetValue(Channels));
        var cluster = Cluster.Read(parsed, environment);
        if (cluster is { HasSilo: false } && new[] { CrmWebhook, TicketWebhook, AlertWebhook }.FirstOrDefault(webhook => parsed.GetValue(webhook.Option) is not null) is { } idle)
            throw new CommandFailedException($"{idle.Option.Name} is for silos, who tell outside systems, and --roles {cluster.Roles.Words()} has none; leave it out, or add silo to --roles.", SiloCommandLine.WrongUse);
        var knowledgeInDatabase = parsed.GetValue(KnowledgeIndex) == "postgresql";
        if (knowledgeInDatabase && cluster is null)
            throw new CommandFailedException("--knowledge-index postgresql keeps the index in a cluster's database, and this system is none; leave it out, or add --cluster and --database.", SiloCommandLine.WrongUse);
        return new SiloSettings
        {
            KnowledgeInDatabase = knowledgeInDatabase,
            Workers = parsed.GetValue(Workers),
            Channels = channels,
            Languages = SplitAll(parsed.GetValue(Languages)) is { Length: > 0 } languages ? languages : null,
            Mode = parsed.GetValue(Mode)!,
            TellsMore = parsed.GetValue(Mode) == "development",
            LetsAnyoneIn = parsed.GetValue(LetAnyoneIn),
            MetricsPort = parsed.GetValue(MetricsPort),
            Listen = parsed.GetValue(Listen)!,
            TrustedProxies = Entrance.TrustedProxies.Parse(SplitAll(parsed.GetValue(TrustedProxies))),
            DataFolder = parsed.GetValue(Data)!,
            Cluster = cluster,
            Content = ContentFolder.Find(parsed.GetValue(Content)),
            PipelineFile = parsed.GetValue(Pipeline),
            IntentModelPath = parsed.GetValue(IntentModel),
            CrmWebhook = CrmWebhook.Read(parsed, environment),
            TicketWebhook = TicketWebhook.Read(parsed, environment),
            AlertWebhook = AlertWebhook.Read(parsed, environment),
        };
    }

    private static Option<string[]> List(string name, string[] value, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        AllowMultipleArgumentsPerToken = true,
    };

    private static string[] Split(OptionResult result) => SplitAll(result.GetValueOrDefault<string[]>());

    private static string[] SplitAll(string[]? values) =>
        [.. (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    private static void Reject(OptionResult result, string[] values, IEnumerable<string> known, string what)
    {
        if (values.FirstOrDefault(v => !known.Contains(v)) is { } stranger)
            result.AddError($"'{stranger}' is no {what}; known are {string.Join(", ", known)}.");
        else if (values.Length == 0 && !result.Implicit)
            result.AddError($"{result.Option.Name} needs at least one {what}.");
    }
}
