using System.Collections.Immutable;
using CustomerService.Assistants.Actions;
using CustomerService.Assistants.Automation;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Suggestions;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>The seven actions over real parts: shipped models, default content, a shop on SQLite, real grains.</summary>
internal sealed class Assistant : IDisposable
{
    public static string ContentFolder { get; } = Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content");

    private static readonly Lazy<MessageUnderstanding> Shipped = new(MessageUnderstanding.LoadShipped);
    private static readonly Lazy<KnowledgeIndex> Articles = new(() => KnowledgeIndex.Open(Path.Combine(ContentFolder, "knowledge")));

    private static readonly Lazy<ProcedureFolder> Folder = new(() => new ProcedureFolder(
        Path.Combine(ContentFolder, "procedures"), new ToolGate(ShopTools.OfOrders(Substitute.For<IOrderSystem>())), Answers!, TimeProvider.System, NullLogger<ProcedureFolder>.Instance));

    public Assistant(ChatModelSettings? models = null, Shop? shop = null, KnowledgeIndex? knowledge = null)
    {
        Shop = shop ?? new Shop();
        knowledge ??= Articles.Value;
        Grains = new DirectGrains(Time);
        Models = new ModelRoles(models ?? new ChatModelSettings(), TimeProvider.System);
        Identify = new CustomerIdentification(Grains, new IdentityCheck(Shop.Orders, Time), Shop.Orders);
        Sentiment = new SentimentAnalysis(Shipped.Value, Models);
        Tools = new ToolGate(ShopTools.All(Shop.Orders, knowledge));
        Procedures = new ProcedureDesk(Folder.Value, Tools, Shop.Orders, new ModelSlotReader(new RuleSlotReader()));
        Intent = new IntentClassification(Shipped.Value, Models, Answers, Procedures);
        Knowledge = new KnowledgeBaseSearch(knowledge);
        Automation = new AutomationCheck(new AutomationRules(), Rules, Answers, knowledge, Models, Procedures);
        Respond = new GenerateCustomerResponse(Answers, Shop.Orders, Models, Tools, Procedures);
        Suggestions = new SuggestedReplies(Answers, Models, Tools, Shipped.Value, knowledge, new QualityGate(Rules), Time);
        Review = new QaReview(Rules);
    }

    public static QualityRules Rules { get; } = QualityRulesFile.Load(Path.Combine(ContentFolder, "quality.yaml"));

    public static AnswerBook Answers { get; } = new(Path.Combine(ContentFolder, "answers"), TimeProvider.System, NullLogger<AnswerBook>.Instance);

    public ManualTime Time { get; } = new();

    public Shop Shop { get; }

    public DirectGrains Grains { get; }

    public ModelRoles Models { get; }

    public ToolGate Tools { get; }

    /// <summary>The chat models that the last action used.</summary>
    public ImmutableArray<ModelUse> Used { get; private set; } = [];

    /// <summary>Those that wrote the last answer, or tried to.</summary>
    public ImmutableArray<ModelUse> Answering { get; private set; } = [];

    public CustomerIdentification Identify { get; }

    public SentimentAnalysis Sentiment { get; }

    public ProcedureDesk Procedures { get; }

    public IntentClassification Intent { get; }

    public KnowledgeBaseSearch Knowledge { get; }

    public AutomationCheck Automation { get; }

    public GenerateCustomerResponse Respond { get; }

    public QaReview Review { get; }

    public SuggestedReplies Suggestions { get; }

    public RunScope Scope(string message, RunContext? before = null) => new(
        (before ?? new RunContext("c-1", Interaction("m-0", ""), 1, "", [], null, null, null, 0)) with { Message = Interaction("m-1", message) }, Time);

    public Interaction Interaction(string id, string text) => new(id, ChannelNames.Chat, "visitor-1", text, Time.GetUtcNow());

    public async ValueTask<ActionResult> RunAsync(IPipelineAction action, RunScope run, ModelRole? model, params (string Name, object? Value)[] parameters)
    {
        var call = new ActionCall(action.Contract.Name, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), model, run);
        var result = await action.RunAsync(call, CancellationToken.None);
        Used = call.Models.Uses;
        if (action == Respond)
            Answering = Used;
        return result;
    }

    /// <summary>All seven in the order of a pipeline; the answer is composed whatever the automation check says.</summary>
    public async Task<AssistantRun> AnswerAsync(RunScope run, ModelRole? model = null)
    {
        var text = run.Context.Message.Content;
        var identified = await RunAsync(Identify, run, null, ("customer_id", ""), ("channel", "chat"), ("authentication_level", new AutoValue("")));
        var profile = identified.Outputs["customer_profile"];
        var sentiment = await RunAsync(Sentiment, run, model, ("content", text), ("detect_emotions", true), ("urgency_detection", true));
        var classified = await RunAsync(Intent, run, model, ("content", text), ("customer_context", profile), ("channel", "chat"), ("intent_taxonomy", new AutoValue("")));
        var intent = classified.Outputs["primary_intent"];
        var searched = await RunAsync(Knowledge, run, null, ("query", text), ("intent", intent), ("customer_tier", "standard"), ("include_internal_kb", true));
        var checkedFor = await RunAsync(Automation, run, null, ("intent", intent), ("customer_profile", profile), ("compliance_check", true));
        var answered = await RunAsync(Respond, run, model, ("intent", intent), ("knowledge_base", searched.Outputs["relevant_articles"]), ("customer_profile", profile),
            ("tone", new AutoValue("")), ("personalization_level", "high"), ("include_next_steps", true));
        var reviewed = await RunAsync(Review, run, null, ("response", answered.Outputs["response_content"]), ("intent_match", intent), ("brand_guidelines", true));
        return new AssistantRun(run, identified, sentiment, classified, searched, checkedFor, answered, reviewed);
    }

    public void Dispose()
    {
        Models.Dispose();
        Shop.Dispose();
    }
}

/// <summary>One message's run.</summary>
internal sealed record AssistantRun(
    RunScope Scope, ActionResult Identified, ActionResult Sentiment, ActionResult Classified, ActionResult Searched, ActionResult Automation,
    ActionResult Answered, ActionResult Reviewed)
{
    public string? Text => Answered.Outputs["response_content"] as string;

    public string Intent => (string)Classified.Outputs["primary_intent"]!;

    public bool MayAnswer => Automation.Outputs["can_automate"] is true;

    public QualityVerdict? Verdict => Scope.Draft.Verdict;

    public string Status => (string)Identified.Outputs["authentication_status"]!;
}

/// <summary>One customer's conversation, kept by the real conversation grain from message to message.</summary>
internal sealed class Talk(Assistant assistant, string id = "c-1", ModelRole? role = null)
{
    private int _messages;

    private GrainId Conversation => CustomerService.Grains.Grain.Conversation(id);

    public async Task<AssistantRun> SayAsync(string message)
    {
        var interaction = assistant.Interaction($"{id}-m{++_messages}", message);
        Assert.IsType<MessageAccepted>(await assistant.Grains.AskAsync(Conversation, new ReceiveMessage(interaction) { Id = interaction.Id }));
        var context = Assert.IsType<RunContext>(await assistant.Grains.AskAsync(Conversation, new GetRunContext(interaction.Id)));
        var run = await assistant.AnswerAsync(new RunScope(context, assistant.Time), role);
        var draft = run.Scope.Draft;
        await assistant.Grains.AskAsync(Conversation, new CompleteRun(interaction.Id, new RunOutcome
        {
            Answer = draft.Proposed,
            Signals = draft.Signals,
            ResolutionType = ResolutionTypes.Automated,
            Identity = draft.Identity,
            ProofFailed = draft.ProofFailed,
            Pending = draft.Pending,
            Procedure = draft.Procedure,
        })
        { Id = interaction.Id + "-run" });
        assistant.Time.Advance(TimeSpan.FromSeconds(20));
        return run;
    }
}
