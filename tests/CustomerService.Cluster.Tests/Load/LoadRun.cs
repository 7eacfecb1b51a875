using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Faults;
using CustomerService.Cluster.Tests.Processes;

namespace CustomerService.Cluster.Tests.Load;

/// <summary>
/// Customers and agents at work on a cluster: each customer holds one conversation after another, half of them with an open page besides; every third
/// conversation ends with a person. It goes on whatever happens to the cluster, until it is told to settle.
/// </summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private const int MessagesEach = 4;

    private static readonly string[] Questions =
        ["What are your opening hours?", "How do I reset my password?", "Which payment methods do you take?", "How long does delivery take?"];

    private readonly CancellationTokenSource enough = new();
    private readonly CancellationTokenSource over = new();
    private readonly ClusterOfProcesses cluster;
    private readonly TimeProvider time;
    private readonly List<Task> customers = [];
    private readonly List<Task> others = [];
    private readonly List<Conversing> conversations = [];
    private readonly string name;

    private LoadRun(ClusterOfProcesses cluster, string name, TimeProvider time)
    {
        this.cluster = cluster;
        this.name = name;
        this.time = time;
        History = new History(time);
    }

    public History History { get; }

    /// <summary>The conversations so far.</summary>
    public IReadOnlyList<Conversing> Conversations
    {
        get
        {
            lock (conversations)
                return [.. conversations];
        }
    }

    /// <param name="name">Begins every id of this run, so that several share a cluster.</param>
    public static async Task<LoadRun> StartAsync(ClusterOfProcesses cluster, string name, int customers = 12, int agents = 3)
    {
        var run = new LoadRun(cluster, name, TimeProvider.System);
        for (var number = 0; number < agents; number++)
        {
            var agent = new Serving(() => cluster.Console, run.History, run.time, $"{name}-agent-{number}");
            await agent.ConfigureAsync(["general", "specialist"], capacity: 2, run.over.Token);
            run.others.Add(Task.Run(() => agent.RunAsync(run.over.Token)));
        }

        for (var number = 0; number < customers; number++)
        {
            var customer = number;
            run.customers.Add(Task.Run(() => run.ConverseAsync(customer)));
        }

        return run;
    }

    /// <summary>A conversation that belongs to the run.</summary>
    public Conversing Add(string id, Visit visit)
    {
        var conversation = new Conversing(() => cluster.Gateway.Http, History, time, visit, id);
        lock (conversations)
            conversations.Add(conversation);
        return conversation;
    }

    /// <summary>Ends when so many more messages were acknowledged.</summary>
    public async Task AcknowledgedAsync(int more)
    {
        var wanted = History.Acknowledged + more;
        while (History.Acknowledged < wanted)
        {
            // A customer that ended early met something that no fault of the cluster excuses.
            foreach (var failed in customers.Where(customer => customer.IsFaulted))
                await failed;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
        }
    }

    /// <summary>No more conversations begin; ends when those under way have ended, every page was read to its end and nothing is left to be carried out.</summary>
    public async Task<Evidence> SettleAsync(TimeSpan patience)
    {
        await enough.CancelAsync();
        using var late = new CancellationTokenSource(patience, time);
        await Task.WhenAll(customers).WaitAsync(late.Token);
        await RestAsync(late.Token);
        foreach (var conversation in Conversations)
            await conversation.ReadAsync(late.Token);
        await over.CancelAsync();
        await Task.WhenAll(others);
        return await RestAsync(late.Token);
    }

    /// <summary>Ends when nothing is left to be carried out.</summary>
    private async Task<Evidence> RestAsync(CancellationToken late)
    {
        while (true)
        {
            var evidence = await cluster.EvidenceAsync(History);
            if (!evidence.Leftovers.Any(left => left.StartsWith("effect ", StringComparison.Ordinal)))
                return evidence;
            if (late.IsCancellationRequested)
                throw new TimeoutException($"The cluster does not come to rest; left are:\n{string.Join('\n', evidence.Leftovers.Take(20))}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await over.CancelAsync();
        await Task.WhenAll(customers.Concat(others)).ContinueWith(static _ => { }, TaskScheduler.Default);
        enough.Dispose();
        over.Dispose();
    }

    private async Task ConverseAsync(int customer)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var visit = await Conversing.VisitAsync(() => cluster.Gateway.Http, time, over.Token);
            var conversation = Add($"{name}-{customer}-{number}", visit);
            using var pageOpen = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            var page = customer % 2 == 0 ? new Watching(() => cluster.Gateway, History, time, conversation).RunAsync(pageOpen.Token) : Task.CompletedTask;
            var wantsPerson = (customer + number) % 3 == 0;
            for (var message = 1; message <= MessagesEach; message++)
            {
                var text = wantsPerson && message == MessagesEach ? "I want to talk to a human." : Questions[(customer + number + message) % Questions.Length];
                await conversation.SendAsync($"{conversation.Conversation}-m{message}", text, over.Token);
                await Task.Delay(Repeats.Reading, time, over.Token);
            }

            await pageOpen.CancelAsync();
            await page;
        }
    }
}
