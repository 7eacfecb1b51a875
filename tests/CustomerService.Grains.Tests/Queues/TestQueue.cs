using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues;

/// <summary>One queue with its policy, driven as its conversations and agents drive it.</summary>
internal sealed class TestQueue
{
    private readonly Subject<QueueBehaviour, QueueState> queue = new("billing");

    public TestQueue(QueuePolicy? policy = null)
    {
        if (policy is not null)
            queue.Handle(new ConfigureQueue(policy));
    }

    public QueueState State => queue.State;

    public DateTimeOffset Now => queue.Now;

    public QueueView View => queue.Ask<QueueView>(new GetQueue());

    public Turn<QueueState> Handle(Command command) => queue.Handle(command);

    public void ChangesNothing(Command command) => queue.ChangesNothing(command);

    public void Refuses(string code, Command command) => queue.Refuses(code, command);

    public TReply Ask<TReply>(Command command)
        where TReply : Reply => queue.Ask<TReply>(command);

    public void After(double seconds) => queue.Now = queue.Now.AddSeconds(seconds);

    /// <summary>Time passes; each alarm of the queue rings when it is due.</summary>
    public List<Effect> Wait(double seconds)
    {
        var until = queue.Now.AddSeconds(seconds);
        var effects = new List<Effect>();
        while (State.ReviewAt is { } at && at <= until)
        {
            queue.Now = at > queue.Now ? at : queue.Now;
            effects.AddRange(queue.Handle(new ReviewLine()).Effects);
        }

        queue.Now = until;
        return effects;
    }

    public Turn<QueueState> Enqueue(string id, int priority = 0) => Enqueue(new Enqueue(id, priority, Now, []) { Hop = 1 });

    public Turn<QueueState> Enqueue(Enqueue enqueue) => queue.Handle(enqueue);

    /// <summary>What an agent tells who has seen all offers so far.</summary>
    public Turn<QueueState> Ready(string id, int units = 1, params string[] skills) =>
        queue.Handle(new AgentReady(id, units, [.. skills], Now) { Present = true, SeenOffer = State.LastOffer });

    public Turn<QueueState> Gone(string id) => queue.Handle(new AgentReady(id, 0, [], Now));

    public Turn<QueueState> Claim(string offer, string agent) => queue.Handle(new ClaimOffer($"billing-{offer}", agent));
}

internal static class OfferReading
{
    /// <summary>The offers that were made, as <c>conversation→agent</c>.</summary>
    public static string Made(this IEnumerable<Effect> effects) =>
        string.Join(' ', effects.Recorded<OfferMade>().Select(made => $"{made.ConversationId}→{made.AgentId}"));
}
