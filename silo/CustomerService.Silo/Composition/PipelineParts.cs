using CustomerService.Assistants;
using CustomerService.Assistants.Budgets;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Suggestions;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Mcp.Outside;
using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Runs;
using CustomerService.Pipelines.Sources;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Composition;

/// <summary>
/// Everything that a pipeline run needs, put together around one way to ask grains. It is a container of its own, since
/// runs ask grains from within (never refused for load), and the gateway from outside.
/// </summary>
internal sealed class PipelineParts : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private PipelineParts(ServiceProvider services) => _services = services;

    public PipelineChecker Checker => _services.GetRequiredService<PipelineChecker>();

    /// <summary>Checks a procedure against the tools and texts in use.</summary>
    public ProcedureReport CheckProcedure(string text, string file) =>
        new ProcedureCheck(_services.GetRequiredService<ToolGate>().Contracts, _services.GetRequiredService<AnswerBook>()).Of(text, file);

    public IPipelineSource Pipeline => _services.GetRequiredService<IPipelineSource>();

    public IRoutingRulesSource Routing => _services.GetRequiredService<IRoutingRulesSource>();

    /// <summary>The file that <see cref="Routing"/> comes from.</summary>
    public RoutingRulesFile RoutingFile => _services.GetRequiredService<RoutingRulesFile>();

    public ChatTranslator ChatTranslator => _services.GetRequiredService<ChatTranslator>();

    public QualityGate QualityGate => _services.GetRequiredService<QualityGate>();

    /// <summary>Tells a message's language.</summary>
    public ILanguageIdentifier Languages => _services.GetRequiredService<MessageUnderstanding>().Languages;

    public IKnowledgeBase Knowledge => _services.GetRequiredService<IKnowledgeBase>();

    public SuggestedReplies Suggestions => _services.GetRequiredService<SuggestedReplies>();

    /// <summary>Gives back what this process has leased of the day's budget for chat models and did not spend.</summary>
    public ValueTask ReturnBudgetAsync(CancellationToken cancellation) => _services.GetRequiredService<DayBudget>().ReturnAsync(cancellation);

    /// <summary>The one way to the tools, for whoever else calls them.</summary>
    public ToolGate Tools => _services.GetRequiredService<ToolGate>();

    /// <summary>Changes that other programs ask for, as questions to the customer.</summary>
    public CallProposals Proposals => _services.GetRequiredService<CallProposals>();

    public PipelineRunner Runner => _services.GetRequiredService<PipelineRunner>();

    /// <param name="foresight">Null: where no journal is followed, nothing is foreseen.</param>
    /// <param name="hints">Null: nobody is shown that an answer is being written.</param>
    /// <exception cref="CommandFailedException">A file of the content, the model or the data can't be used.</exception>
    public static PipelineParts Compose(IGrainClient grains, SiloSettings settings, ISystemRecords records, ILoggerFactory logs, TimeProvider time, IForesight? foresight = null, IHints? hints = null)
    {
        var content = settings.Content;
        var services = new ServiceCollection();
        services.AddSingleton(grains).AddSingleton(time).AddSingleton(logs).AddLogging().AddMetrics();
        services.AddSingleton(_ => Understanding(settings));
        services.AddSingleton(_ => KnowledgeIndex.Open(content.Knowledge, time, Indexing(settings, records, logs)));
        services.AddSingleton<IKnowledgeBase>(p => p.GetRequiredService<KnowledgeIndex>());
        services.AddSingleton(p => new KnowledgeWatcher(p.GetRequiredService<KnowledgeIndex>(), content.Knowledge, time, p.GetRequiredService<ILogger<KnowledgeWatcher>>()));
        services.AddSingleton(_ => records.OpenKnowledge(time));
        services.AddSingleton<IArticleFeedback>(p => p.GetRequiredService<KnowledgeRecords>()).AddSingleton<IArticleHistory>(p => p.GetRequiredService<KnowledgeRecords>());
        services.AddSingleton(p => new KnowledgeBookkeeper(
            p.GetRequiredService<KnowledgeIndex>(), p.GetRequiredService<IArticleFeedback>(), p.GetRequiredService<IArticleHistory>(), time, p.GetRequiredService<ILogger<KnowledgeBookkeeper>>()));
        services.AddSingleton<IOrderSystem>(_ => records.OpenOrders());
        services.AddSingleton(p => new RoutingRulesFile(content.Routing, time, p.GetRequiredService<ILogger<RoutingRulesFile>>()));
        services.AddSingleton<IRoutingRulesSource>(p => settings.Languages is { } languages
            ? new ServedLanguages(p.GetRequiredService<RoutingRulesFile>(), languages)
            : p.GetRequiredService<RoutingRulesFile>());
        services.AddSingleton<QueueViews>();
        if (hints is not null)
            services.AddSingleton(hints);
        services.AddSingleton(p => new McpFile(content.Mcp, time, p.GetRequiredService<ILogger<McpFile>>()));
        services.AddSingleton<IToolSource>(p => new OutsideTools(
            p.GetRequiredService<McpFile>(), content.ApprovedTools, Environment.GetEnvironmentVariable, time, p.GetRequiredService<ILogger<OutsideTools>>()));
        services.AddAssistants(new AssistantSettings(content.Path));
        services.AddSingleton<IPipelineAction, ReceiveFromChannel>();
        services.AddSingleton<IPipelineAction, RoutingDecision>();
        services.AddSingleton<IPipelineAction, AgentRouting>();
        services.AddSingleton<IPipelineAction, SendViaChannel>();
        services.AddSingleton<IPipelineAction, LogToSystems>();
        services.AddSingleton<IPipelineAction>(new PredictFollowUp(foresight ?? new NoForesight()));
        services.AddSingleton<PipelineChecker>();
        services.AddSingleton<PipelineRunner>();
        services.AddSingleton<IPipelineSource>(p => new PipelineFile(
            settings.PipelineFile ?? content.DefaultPipeline, p.GetRequiredService<PipelineChecker>(), time, p.GetRequiredService<ILogger<PipelineFile>>()));

        return new PipelineParts(services.BuildServiceProvider());
    }

    /// <summary>Opens every file now, so that a bad one is told at the start and not at the first message.</summary>
    /// <exception cref="CommandFailedException">One of them can't be used; the message names it, the place and the fix.</exception>
    public PipelineParts Opened()
    {
        try
        {
            _services.GetRequiredService<KnowledgeWatcher>();
            _services.GetRequiredService<KnowledgeBookkeeper>();
            _services.GetRequiredService<LiveChatSettings>();
            _services.GetRequiredService<PromptLibrary>();
            _ = Routing;
            _ = Pipeline.Current;
            return this;
        }
        catch (Exception fault) when (ContentFaults.Recognise(fault) is { } known)
        {
            throw known;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static IndexSettings Indexing(SiloSettings settings, ISystemRecords records, ILoggerFactory logs)
    {
        var embeddings = EmbeddingSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        return new IndexSettings
        {
            Database = settings.KnowledgeInDatabase ? (records as SharedDatabase)?.Database.Source : null,
            // One for the process, for as long as it runs.
            Embeddings = embeddings is null ? null : new EmbeddingEndpoint(embeddings, new HttpClient()),
            EmbeddingSettings = embeddings,
            Logger = logs.CreateLogger<KnowledgeIndex>(),
        };
    }

    private static MessageUnderstanding Understanding(SiloSettings settings) => settings.IntentModelPath is { } path
        ? MessageUnderstanding.Load(path)
        : MessageUnderstanding.LoadShipped();

    private sealed class NoForesight : IForesight
    {
        public Likelihood? After(string intent) => null;

        public IReadOnlyList<string> RisesIn(string intent) => [];
    }

    /// <summary>The routing file's rules, for the languages that this process was told to serve.</summary>
    private sealed class ServedLanguages(RoutingRulesFile file, IReadOnlyList<string> languages) : IRoutingRulesSource
    {
        private volatile Pair? _last;

        public RoutingRules Current
        {
            get
            {
                var (last, rules) = (_last, file.Current);
                if (!ReferenceEquals(last?.From, rules))
                    _last = last = new Pair(rules, rules with { AssistantLanguages = [.. languages] });
                return last.Rules;
            }
        }

        private sealed class Pair(RoutingRules from, RoutingRules rules)
        {
            public RoutingRules From => from;

            public RoutingRules Rules => rules;
        }
    }
}
