using CustomerService.Grains.Queues;
using CustomerService.Grains.Tests.Queues;

namespace CustomerService.Grains.Tests.Waiting;

/// <summary>What was announced to one who had to wait, and what came; in seconds.</summary>
internal readonly record struct AnnouncedWait(double P50, double P90, double QueueLength, double LastToEnter, double HeadOfLine, double Actual);

/// <summary>
/// A queue with random arrivals and handling times of 300 seconds on average, whose agents take every offer at once, and whose customers leave
/// when their patience is over.
/// </summary>
internal sealed class RandomCentre(int agents, double load, double patience, int seed)
{
    private const double Handling = 300;

    private readonly TestQueue queue = new();
    private readonly Random random = new(seed);
    private readonly PriorityQueue<(string Id, bool IsAgent), double> events = new();
    private readonly Dictionary<string, (double At, AnnouncedWait Said)> waiting = [];
    private readonly List<AnnouncedWait> ended = [];
    private double clock;

    public List<AnnouncedWait> Run(int arrivals)
    {
        for (var agent = 0; agent < agents; agent++)
            queue.Ready($"a-{agent}");
        var next = 0d;
        for (var number = 0; number < arrivals; number++)
        {
            next += Random(Handling / agents / load);
            while (events.TryPeek(out var happens, out var at) && at <= next)
            {
                events.Dequeue();
                Advance(at);
                if (happens.IsAgent)
                    queue.Ready(happens.Id);
                else if (queue.State.Floor.Find(happens.Id) is not null)
                    queue.Handle(new Withdraw(happens.Id));
                Take();
            }

            Advance(next);
            Arrive($"c-{number}");
        }

        return ended;
    }

    private void Arrive(string id)
    {
        queue.Enqueue(id);
        events.Enqueue((id, false), clock + Random(patience));
        if (queue.State.Floor.Find(id) is { Predicted: { QueueLength: { } length, LastToEnter: { } last, HeadOfLine: { } head } }
            && queue.Ask<QueuePosition>(new GetPosition(id)).Wait is { } band)
        {
            waiting[id] = (clock, new AnnouncedWait(band.P50, band.P90, length, last, head, 0));
        }

        Take();
    }

    /// <summary>Whoever was offered something takes it and is busy with it.</summary>
    private void Take()
    {
        foreach (var lease in queue.State.Leases)
        {
            var taken = queue.State.Floor.FindOffer(lease.OfferId)!;
            var agent = taken.Pending[0].AgentId;
            queue.Ready(agent, units: 0);
            queue.Handle(new ClaimOffer(lease.OfferId, agent));
            events.Enqueue((agent, true), clock + Random(Handling));
            if (waiting.Remove(taken.ConversationId, out var said))
                ended.Add(said.Said with { Actual = clock - said.At });
        }
    }

    private void Advance(double to)
    {
        queue.After(to - clock);
        clock = to;
    }

    private double Random(double mean) => -Math.Log(1 - random.NextDouble()) * mean;
}
