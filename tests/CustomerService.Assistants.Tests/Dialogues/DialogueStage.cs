using System.Text.Json.Nodes;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;
using CustomerService.Pipelines.Routing;
using CustomerService.Pipelines.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Tests.Dialogues;

/// <summary>One customer's conversation over everything that is real: the default pipeline, the routing rules, the grain, the shop's database.</summary>
internal sealed class DialogueStage : IAsyncDisposable
{
    private static readonly Lazy<MessageUnderstanding> Shipped = new(MessageUnderstanding.LoadShipped);
    private static readonly Lazy<KnowledgeIndex> Articles = new(() => KnowledgeIndex.Open(Path.Combine(Assistant.ContentFolder, "knowledge")));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dialogue-");
    private readonly ManualTime _time = new();
    private readonly DirectGrains _grains;
    private readonly ServiceProvider _services;
    private readonly PipelinePlan _plan;
    private readonly RoutingRules _rules = RoutingRulesFile.Parse(File.ReadAllText(Path.Combine(Assistant.ContentFolder, "routing.yaml")), Path.Combine(Assistant.ContentFolder, "routing.yaml"))
        with
    { AssistantLanguages = ["en", "es", "fr", "de", "ja"] };

    private int _messages;

    /// <param name="shop">The orders to begin with.</param>
    /// <param name="content">Another content folder than the one that ships.</param>
    public DialogueStage(string shop, string? content = null)
    {
        content ??= Assistant.ContentFolder;
        Orders = new SqliteOrderSystem(Database);
        new OrderImport(Orders).Run(shop);
        _grains = new DirectGrains(_time);
        var services = new ServiceCollection();
        services.AddSingleton<IGrainClient>(_grains).AddSingleton<TimeProvider>(_time).AddSingleton(Shipped.Value).AddSingleton<IKnowledgeBase>(Articles.Value).AddSingleton<IOrderSystem>(Orders);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IRoutingRulesSource>(new FixedRules(_rules)).AddSingleton<QueueViews>();
        services.AddAssistants(new AssistantSettings(content));
        services.AddSingleton<IPipelineAction, ReceiveFromChannel>().AddSingleton<IPipelineAction, RoutingDecision>().AddSingleton<IPipelineAction, AgentRouting>()
            .AddSingleton<IPipelineAction, SendViaChannel>().AddSingleton<IPipelineAction, LogToSystems>().AddSingleton<IPipelineAction>(new PredictFollowUp(new NoForesight()));
        services.AddSingleton<PipelineChecker>().AddSingleton<PipelineRunner>();
        _services = services.BuildServiceProvider();
        var report = _services.GetRequiredService<PipelineChecker>().CheckFile(Path.Combine(content, "pipelines", "default.yaml"));
        _plan = report.Plan ?? throw new InvalidOperationException(report.ToString());
    }

    public SqliteOrderSystem Orders { get; }

    private string Database => Path.Combine(_folder.FullName, "orders.db");

    private static GrainId Conversation => CustomerService.Grains.Grain.Conversation("dialogue");

    public ProcedureFolder Procedures => _services.GetRequiredService<ProcedureFolder>();

    /// <param name="runs">How often the message's run is made before it counts: more than once after a crash.</param>
    public async Task<RunOutcome> SayAsync(string text, int runs = 1)
    {
        var message = new Interaction($"m{++_messages}", ChannelNames.Chat, "visitor-1", text, _time.GetUtcNow());
        Assert.IsType<MessageAccepted>(await _grains.AskAsync(Conversation, new ReceiveMessage(message) { Id = message.Id }));
        var context = Assert.IsType<RunContext>(await _grains.AskAsync(Conversation, new GetRunContext(message.Id)));
        for (var crashed = 1; crashed < runs; crashed++)
            await RunAsync(context);
        var outcome = await RunAsync(context);
        await _grains.AskAsync(Conversation, new CompleteRun(message.Id, outcome) { Id = message.Id + "-run" });
        _time.Advance(TimeSpan.FromSeconds(20));
        return outcome;
    }

    private async Task<RunOutcome> RunAsync(RunContext context)
    {
        var scope = new RunScope(context, _time);
        var inputs = PipelineInputs.Of(context, new Dictionary<string, object?> { ["channels"] = null, ["languages"] = null, ["business_hours"] = null, ["sla_targets"] = null });
        var result = await _services.GetRequiredService<PipelineRunner>().RunAsync(_plan, inputs, scope);
        Assert.True(result.Failure is null, result.Trace.ToString());
        Trace = result.Trace.ToString();
        return RunOutcomeBuilder.Build(result, scope, _rules);
    }

    /// <summary>The shop's site says, signed, that the customer has this mail address; its word holds for an hour.</summary>
    public async Task SignInAsync(string email)
    {
        var now = _time.GetUtcNow();
        await _grains.AskAsync(CustomerService.Grains.Grain.Address(ChannelNames.Chat, "visitor-1"), new Vouch(new VouchedCustomer(null, email, now, now.AddHours(1))));
    }

    /// <summary>What the last message's run did, task by task.</summary>
    public string Trace { get; private set; } = "";

    public void Wait(TimeSpan time) => _time.Advance(time);

    /// <summary>Somebody else changes an order's status.</summary>
    public void SetStatus(string order, string status)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE orders SET record = json_set(record, '$.status', @status) WHERE id = @id";
        command.Parameters.AddWithValue("@status", status);
        command.Parameters.AddWithValue("@id", order);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>All records, in the import's shape.</summary>
    public async Task<JsonObject> RecordsAsync()
    {
        var (orders, customers) = (new JsonObject(), new JsonObject());
        foreach (var order in await Orders.AllOrdersAsync(default))
            orders[order.Id] = RetailExport.Of(order);
        foreach (var customer in await Orders.AllCustomersAsync(default))
            customers[customer.Id] = RetailExport.Of(customer);
        return new JsonObject { ["orders"] = orders, ["customers"] = customers };
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Orders.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A shop that is too young to foresee anything.</summary>
    private sealed class NoForesight : IForesight
    {
        public Likelihood? After(string intent) => null;

        public IReadOnlyList<string> RisesIn(string intent) => [];
    }

    private sealed record FixedRules(RoutingRules Current) : IRoutingRulesSource;
}
