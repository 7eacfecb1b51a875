using System.Collections.Immutable;
using CustomerService.AgentConsole.AtRisk;
using CustomerService.AgentConsole.Floor;
using CustomerService.AgentConsole.Queues;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Following;
using CustomerService.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Live;

/// <summary>
/// Keeps what supervisors see up with the journal: it reads the last day at the start and then follows, once for everybody who looks, in any process. Nothing of it is stored, since
/// the same journal gives the same.
/// </summary>
internal sealed class FloorFollower(IJournal journal, IGrainClient grains, TimeProvider time, ILogger<FloorFollower> logger) : BackgroundService
{
    private const int Page = 1_000;

    /// <summary>So far back the journal is read at the start: who is here signed in within it.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NewcomersEach = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ForgetEach = TimeSpan.FromMinutes(5);

    private readonly Watchers _watchers = new();
    private readonly HashSet<string> _noAgents = new(StringComparer.Ordinal);
    private DateTimeOffset _newcomersAt;
    private DateTimeOffset _forgetAt;
    private long? _position;
    private bool _changed;

    public AgentLedger Agents { get; } = new();

    public QueueLedger Queues { get; } = new();

    public PulseLedger Pulses { get; } = new();

    /// <summary>Whether the past was read, so that what is shown is whole.</summary>
    public bool KnowsThePast { get; private set; }

    /// <summary>Calls back when something changed, at most once a second, until disposed.</summary>
    public IDisposable Watch(Action changed) => _watchers.Add(changed);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new Rounds("Following the floor", time, logger).NowAndEachAsync(Pace, LookAsync, stoppingToken);

    /// <summary>One look at the journal. What was read in a look that failed later is told by the next.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        _changed |= await ReadAsync(cancellation);
        _changed |= await MeetAsync(cancellation);
        KnowsThePast = true;
        var now = time.GetUtcNow();
        if (now >= _forgetAt)
        {
            _forgetAt = now + ForgetEach;
            Agents.Forget(now);
        }

        if (!_changed)
            return;
        _changed = false;
        _watchers.Tell();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        _position ??= await JournalTimes.PositionAtAsync(journal, time.GetUtcNow() - Memory, cancellation);
        var changed = false;
        while (await journal.ReadAllAsync(_position.Value, Page, cancellation) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Agents.Add(entry);
                Queues.Add(entry);
                Pulses.Add(entry);
            }

            changed = true;
            _position = entries[^1].Position;
            if (entries.Count < Page)
                break;
        }

        return changed;
    }

    /// <summary>Asks once who somebody is of whom the last day says nothing, or not all.</summary>
    private async Task<bool> MeetAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        ImmutableArray<string> candidates = [];
        if (now >= _newcomersAt)
        {
            candidates = await grains.AskAsync(Grain.Staff, new GetPeople(), cancellation) is PeopleView staff ? [.. staff.People.Where(person => !person.Disabled).Select(person => person.Id)] : [];
            _noAgents.Clear();
            _newcomersAt = now + NewcomersEach; // Only now: who could not be asked is asked again in the next look.
        }

        var met = false;
        foreach (var id in Agents.Unknown(candidates).Where(id => !_noAgents.Contains(id)))
        {
            if (await grains.AskAsync(Grain.Agent(id), new GetAgent(), cancellation) is not AgentView view)
            {
                _noAgents.Add(id);
                continue;
            }

            Agents.Introduce(view, now);
            met = true;
        }

        return met;
    }
}
