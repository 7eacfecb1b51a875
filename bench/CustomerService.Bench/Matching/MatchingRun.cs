using System.Diagnostics;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;
using MatchingFloor = CustomerService.Grains.Queues.Matching.Floor;

namespace CustomerService.Bench.Matching;

/// <summary>
/// One line of one length. Matches are timed in batches: a match is to find the best and to mark it on the floor. Between
/// batches, untimed, everybody goes back to where they were, so the line keeps its length.
/// </summary>
internal sealed class MatchingRun
{
    private const int BatchLength = 1_000;
    private const int ScannedEach = 200;

    private readonly MatchingWorld _world;
    private readonly List<WaitingConversation> _line;
    private readonly List<FloorAgent> _agents;
    private readonly Random _random;
    private long _offers;

    public MatchingRun(MatchingWorld world, int waiting, int agents, int seed)
    {
        _world = world;
        _line = [.. Enumerable.Range(0, waiting).Select(world.Conversation)];
        _agents = [.. Enumerable.Range(0, agents).Select(world.Agent)];
        _random = new Random(seed);
    }

    private static DateTimeOffset Now => MatchingWorld.Start.AddHours(1);

    /// <summary>Seconds to make the floor from all who wait and all agents.</summary>
    public double Rebuild()
    {
        var since = Stopwatch.GetTimestamp();
        var floor = MatchingFloor.Of(MatchingWorld.Policy, _line, _agents);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return floor.Count == _line.Count ? seconds : throw new InvalidOperationException("The floor lost somebody.");
    }

    /// <summary>An agent has become free: matches a second, on the floor and by scan.</summary>
    public MatchRates AgentFree(int batches) => Measure(
        batches,
        _agents.Select(agent => agent with { FreeUnits = 0 }),
        () => [.. Sample(_agents, BatchLength).Select(agent => agent with { FreeUnits = 1 + _random.Next(3) })],
        (floor, agent) => floor.Put(agent),
        (MatchingFloor floor, FloorAgent agent, out string? found) =>
            (found = floor.BestFor(agent.Id, Now)) is { } conversationId ? Offer(floor, floor.Find(conversationId)!, agent.Id) : floor,
        scan => agent => scan.MatchFor(agent.Id, agent.FreeUnits));

    /// <summary>The same as a queue asks it, which does not say who has become free: the first in line for whom there is anybody.</summary>
    public MatchRates Anybody(int batches) => Measure(
        batches,
        _agents.Select(agent => agent with { FreeUnits = 0 }),
        () => [.. Sample(_agents, BatchLength).Select(agent => agent with { FreeUnits = 1 })],
        (floor, _) => floor,
        (MatchingFloor floor, FloorAgent agent, out string? found) =>
        {
            floor = floor.Put(agent);
            found = floor.Next(Now)?.ConversationId;
            return found is null ? floor.Put(agent with { FreeUnits = 0 }) : Offer(floor, floor.Find(found)!, agent.Id);
        },
        scan => agent => scan.MatchFor(agent.Id, agent.FreeUnits));

    /// <summary>A conversation has joined the line: matches a second, on the floor and by scan.</summary>
    public MatchRates ConversationJoined(int batches) => Measure(
        batches,
        _agents,
        () => [.. Enumerable.Range(_line.Count, BatchLength).Select(_world.Conversation)],
        (floor, waiting) => floor.Put(waiting, Now),
        (MatchingFloor floor, WaitingConversation waiting, out string? found) =>
            (found = floor.BestAgent(waiting.ConversationId, Now)) is { } agentId ? Offer(floor, waiting, agentId) : floor,
        scan => scan.AgentFor);

    private delegate MatchingFloor Match<T>(MatchingFloor floor, T who, out string? found);

    private MatchRates Measure<T>(
        int batches, IEnumerable<FloorAgent> agents, Func<T[]> sample, Func<MatchingFloor, T, MatchingFloor> prepare, Match<T> match,
        Func<NaiveScan, Func<T, string?>> scanning)
    {
        var before = MatchingFloor.Of(MatchingWorld.Policy, _line, agents);
        var (cpuSeconds, seconds) = (new List<double>(), new List<double>());
        var (scanSeconds, scanned, differing, unmatched) = (0d, 0, 0, 0);
        var found = new string?[BatchLength];
        for (var batch = -Math.Max(1, batches / 4); batch < batches; batch++)
        {
            var some = sample();
            var floor = some.Aggregate(before, prepare);
            _ = floor.Count; // Back from the batch before, if nothing has led back yet.
            var (since, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            for (var index = 0; index < some.Length; index++)
                floor = match(floor, some[index], out found[index]);
            var elapsed = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            if (batch < 0)
                continue; // The first are for the compiler.
            cpuSeconds.Add(used / some.Length);
            seconds.Add(elapsed / some.Length);
            unmatched += found.Count(id => id is null);
            if (batch % Math.Max(1, batches / 4) != 0)
                continue;

            var scan = scanning(new NaiveScan(_line, _agents, MatchingWorld.Policy));
            cpu = Environment.CpuUsage.TotalTime;
            var same = some.Take(ScannedEach).Select(scan).Zip(found).Count(pair => pair.First == pair.Second);
            scanSeconds += (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            scanned += Math.Min(ScannedEach, some.Length);
            differing += Math.Min(ScannedEach, some.Length) - same;
        }

        return new MatchRates(cpuSeconds, seconds, scanSeconds / scanned, differing, unmatched);
    }

    private MatchingFloor Offer(MatchingFloor floor, WaitingConversation waiting, string agentId) => floor.Put(
        waiting with { Pending = [new OpenOffer(OfferIds.Of(QueueNames.General, ++_offers), agentId, Now.AddSeconds(30))] }, Now);

    private T[] Sample<T>(List<T> all, int count)
    {
        var numbers = new HashSet<int>();
        while (numbers.Count < Math.Min(count, all.Count))
            numbers.Add(_random.Next(all.Count));
        return [.. numbers.Select(number => all[number])];
    }
}

/// <param name="CpuSeconds">Processor time of a match on the floor, collecting its garbage included; one reading a batch.</param>
/// <param name="Seconds">The same by the clock on the wall, which also runs while neighbours have the core.</param>
/// <param name="ScanSeconds">Processor time of a match by scan.</param>
/// <param name="Differing">Matches that the scan found otherwise: more than none voids the result.</param>
/// <param name="Unmatched">Those for whom there was nobody.</param>
internal sealed record MatchRates(IReadOnlyList<double> CpuSeconds, IReadOnlyList<double> Seconds, double ScanSeconds, int Differing, int Unmatched);
