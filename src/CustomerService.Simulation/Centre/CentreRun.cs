using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>
/// Plays a centre's days through the real conversations, queues and agents in virtual time. Everybody who acts is simulated; everything
/// that decides is the product.
/// </summary>
public sealed class CentreRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(4);
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(30);

    private readonly Arrivals _arrivals;
    private readonly Dictionary<string, ContactOutcome> _outcomes;
    private readonly Dictionary<string, SimulatedAgent> _agents;
    private readonly List<AgentSpan> _agentTime = [];
    private readonly Dictionary<string, double> _work = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private DateTimeOffset _lastShiftEnds;

    private CentreRun(Arrivals arrivals, Roster roster, CentrePolicy policy, long seed)
    {
        (_arrivals, Roster, Policy) = (arrivals, roster, policy);
        Host = new SimulatedHost(new SimulationSettings
        {
            Start = StartOf(arrivals, roster),
            Performers = _ => [new HandsOver(this)],
            KeepsJournal = false,
        });
        _outcomes = arrivals.Contacts.ToDictionary(contact => contact.Id, contact => new ContactOutcome(contact), StringComparer.Ordinal);
        _agents = roster.Agents.Select((agent, number) => new SimulatedAgent(this, agent, number, seed)).ToDictionary(agent => agent.Id, StringComparer.Ordinal);
        _lastShiftEnds = Host.Now;
    }

    internal SimulatedHost Host { get; }

    internal Roster Roster { get; }

    internal CentrePolicy Policy { get; }

    /// <summary>Plays from the first arrival or shift to the end of the last, and until everybody has gone home.</summary>
    /// <param name="seed">Of what people draw while they work; who comes was drawn before.</param>
    /// <param name="progress">Is told now and then how much of the time was played, 0…1.</param>
    /// <exception cref="InvalidDataException">The parts do not fit together; the message says how.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static CentreLog Play(
        Arrivals arrivals, Roster roster, CentrePolicy policy, long seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (arrivals.Contacts.IsEmpty)
            throw new InvalidDataException($"{arrivals.Source}: nobody comes. Name traffic with at least one contact.");
        CentreFit.Check(arrivals, roster, policy);
        return new CentreRun(arrivals, roster, policy, seed).Play(progress, cancellation);
    }

    internal ContactOutcome OutcomeOf(string conversationId) => _outcomes[conversationId];

    internal void CountWork(string queue, double seconds) => _work[queue] = _work.GetValueOrDefault(queue) + seconds;

    internal void Spent(AgentSpan span) => _agentTime.Add(span);

    /// <summary>What an agent writes where the queue wants a code.</summary>
    internal string? WrapUpCodeOf(string? queue) =>
        queue is not null && Policy.PolicyOf(queue).WrapUp is { Codes: { IsDefaultOrEmpty: false } codes } ? codes[0] : null;

    /// <summary>Has a grain do what somebody wants, and counts when it refuses.</summary>
    internal void Ask(GrainId grain, Command command)
    {
        if (Host.Ask(grain, command) is Refused refused)
            _refusals[refused.Code] = _refusals.GetValueOrDefault(refused.Code) + 1;
    }

    private CentreLog Play(IProgress<double>? progress, CancellationToken cancellation)
    {
        var from = Host.Now;
        using var events = Host.Journal.Subscribe(null, new CentreEvents(_outcomes, _agents).Read);
        foreach (var queue in CentreFit.QueuesOf(_arrivals, Roster, Policy))
            Ask(Grain.Queue(queue), new ConfigureQueue(Policy.PolicyOf(queue)));
        foreach (var agent in _agents.Values)
            agent.Configure();
        PlanShifts();
        foreach (var outcome in _outcomes.Values)
            At(outcome.Contact.At, new SimulatedCustomer(this, outcome).Comes);
        foreach (var incident in _arrivals.Incidents)
            Plan(incident);

        var end = _arrivals.Contacts[^1].At > _lastShiftEnds ? _arrivals.Contacts[^1].At : _lastShiftEnds;
        while (Host.Now < end)
        {
            cancellation.ThrowIfCancellationRequested();
            Host.RunFor(end - Host.Now < Stretch ? end - Host.Now : Stretch);
            progress?.Report((Host.Now - from) / (end - from));
        }

        for (var left = Patience; left > TimeSpan.Zero && _agents.Values.Any(agent => agent.IsBusy); left -= Stretch)
        {
            cancellation.ThrowIfCancellationRequested();
            Host.RunFor(Stretch);
        }

        foreach (var agent in _agents.Values)
            agent.End();
        return new CentreLog
        {
            Arrivals = _arrivals,
            Roster = Roster,
            Policy = Policy,
            From = from,
            Until = Host.Now,
            Contacts = [.. _outcomes.Values],
            AgentTime = _agentTime,
            WorkSeconds = _work,
            Refusals = _refusals.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Turns = Host.Turns,
            Parked = Host.Parked.Count,
        };
    }

    private void PlanShifts()
    {
        foreach (var date in Dates(_arrivals, Roster.Zone))
        {
            foreach (var roster in Roster.Agents.Where(agent => agent.WorksOn(date)))
            {
                var agent = _agents[roster.Id];
                var ends = LocalDay.At(date, roster.Shift.Until, Roster.Zone);
                At(LocalDay.At(date, roster.Shift.From, Roster.Zone), agent.SignOn);
                At(ends, agent.SignOff);
                foreach (var rest in roster.Breaks)
                    At(LocalDay.At(date, rest.At, Roster.Zone), () => agent.TakeBreak(rest));
                if (ends > _lastShiftEnds)
                    _lastShiftEnds = ends;
            }
        }
    }

    private void Plan(Incident incident)
    {
        switch (incident)
        {
            case Incident.QueuePaused paused:
                var queue = Grain.Queue(paused.Queue);
                At(paused.At, () => Ask(queue, new PauseQueue("supervisor", paused.Reason)));
                At(paused.At + paused.Lasts, () => Ask(queue, new ResumeQueue("supervisor")));
                break;
            case Incident.AgentLost lost:
                At(lost.At, () => _agents[lost.AgentId].LoseComputer(lost.Lasts));
                break;
        }
    }

    private void At(DateTimeOffset time, Action action) => Host.After(time > Host.Now ? time - Host.Now : TimeSpan.Zero, action);

    private static IEnumerable<DateOnly> Dates(Arrivals arrivals, TimeZoneInfo zone)
    {
        var last = LocalDay.DateOf(arrivals.Contacts[^1].At, zone);
        for (var date = LocalDay.DateOf(arrivals.Contacts[0].At, zone); date <= last; date = date.AddDays(1))
            yield return date;
    }

    /// <summary>The first contact or the first shift of that day, whichever is earlier.</summary>
    private static DateTimeOffset StartOf(Arrivals arrivals, Roster roster)
    {
        var first = arrivals.Contacts[0].At;
        var date = LocalDay.DateOf(first, roster.Zone);
        var shifts = roster.Agents.Where(agent => agent.WorksOn(date)).Select(agent => LocalDay.At(date, agent.Shift.From, roster.Zone));
        return shifts.Append(first).Min();
    }
}
