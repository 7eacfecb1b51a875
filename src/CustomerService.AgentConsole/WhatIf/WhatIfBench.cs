using System.Collections.Immutable;
using CustomerService.AgentConsole.Floor;
using CustomerService.AgentConsole.Live;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Reporting.Following;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Reports;
using CustomerService.Simulation.Traffic;

namespace CustomerService.AgentConsole.WhatIf;

/// <summary>How the day would have gone, as it was staffed and otherwise.</summary>
/// <param name="Before">Null: nobody was at work.</param>
public sealed record WhatIfAnswer(CentreFigures? Before, CentreFigures After);

/// <summary>
/// Reads days out of the journal and plays them through the product's own conversations, queues and agents in virtual time. One play at a time in this process, on a thread of its own that
/// gives way to all else.
/// </summary>
internal sealed class WhatIfBench(IJournal journal, IPresentRules rules, FloorFollower floor) : IDisposable
{
    /// <summary>More contacts are too many to be played while others work here; the command line plays any number.</summary>
    public const int MostContacts = 20_000;

    public const int MostAgents = 1_000;

    private const int Page = 1_000;
    private const long Seed = 1;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>A day as it was.</summary>
    /// <returns>Null: no conversation was handed to a person, so that there is nothing to play.</returns>
    /// <exception cref="InvalidDataException">There is too much to play here; the message says what to do.</exception>
    /// <exception cref="Pipelines.Definitions.PipelineFormatException">The rules have errors.</exception>
    public async Task<DayAsItWas?> ReadAsync(DateOnly date, CancellationToken cancellation)
    {
        var policy = rules.Read();
        var zone = ZoneOf(policy);
        var (from, until) = (At(date, zone), At(date.AddDays(1), zone));
        var work = await JournalTimes.PositionAtAsync(journal, from, cancellation);
        if (await ArrivalsAsync(date, zone, work, cancellation) is not { } arrivals)
            return null;
        arrivals = arrivals with { Contacts = [.. arrivals.Contacts.Where(contact => contact.At >= from && contact.At < until)] };
        if (arrivals.Contacts.IsEmpty)
            return null;
        if (arrivals.Contacts.Length > MostContacts)
            throw new InvalidDataException($"On {date:O} {arrivals.Contacts.Length} conversations were handed to people; at most {MostContacts} are played here. The command line plays more: ./run simulate --from journal.");
        var presence = await PresenceAsync(from, until, cancellation);
        var known = policy.Rules.QueueNames.ToHashSet(StringComparer.Ordinal);
        return new DayAsItWas(date, zone, policy, arrivals, TeamHours.Of(floor.Agents.All, known, agent => presence.GetValueOrDefault(agent) ?? new double[TeamHours.Hours]));
    }

    /// <summary>Plays the day as it was staffed, and with these teams and so many customers.</summary>
    /// <param name="progress">0…1.</param>
    /// <exception cref="InvalidDataException">Nobody works, or too many do.</exception>
    public async Task<WhatIfAnswer> PlayAsync(DayAsItWas day, ImmutableArray<TeamHours> teams, double factor, IProgress<double> progress, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var arrivals = day.With(factor, Seed);
            if (arrivals.Contacts.Length > MostContacts)
                throw new InvalidDataException($"{arrivals.Contacts.Length} contacts are too many to be played here; at most {MostContacts}.");
            var before = day.Teams.All(team => team.Counts.All(count => count == 0))
                ? null
                : await OnThreadOfItsOwnAsync(() => Played(day, day.Arrivals, day.Teams, new Share(progress, 0), cancellation));
            var after = await OnThreadOfItsOwnAsync(() => Played(day, arrivals, teams, new Share(progress, 0.5), cancellation));
            return new WhatIfAnswer(before, after);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Arrivals?> ArrivalsAsync(DateOnly date, TimeZoneInfo zone, long after, CancellationToken cancellation)
    {
        try
        {
            return await JournalTraffic.ReadAsync(journal, date.ToString("O"), zone, new HumanNature().Attention, patience: null, Seed, cancellation, after);
        }
        catch (InvalidDataException)
        {
            return null; // Nobody was ever handed to a person.
        }
    }

    private static CentreFigures Played(DayAsItWas day, Arrivals arrivals, ImmutableArray<TeamHours> teams, IProgress<double> progress, CancellationToken cancellation)
    {
        var agents = teams.SelectMany(team => team.ToRoster()).ToImmutableArray();
        if (agents.IsEmpty)
            throw new InvalidDataException("Nobody works on that day. Put people into the hours first.");
        if (agents.Length > MostAgents)
            throw new InvalidDataException($"{agents.Length} stretches of work are too many to be played here; at most {MostAgents}.");
        var roster = new Roster { Source = "roster", Zone = day.Zone, Agents = agents };
        return FiguresOf.Log(CentreRun.Play(arrivals, roster, day.Policy, Seed, progress, cancellation));
    }

    /// <summary>By agent, the part of each hour in which work could come or was there.</summary>
    private async Task<Dictionary<string, double[]>> PresenceAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        var ledger = new AgentLedger();
        var position = await JournalTimes.PositionAtAsync(journal, from.AddDays(-1), cancellation);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var goesOn = true; goesOn && await journal.ReadAllAsync(position, Page, cancellation) is { Count: > 0 } entries; position = entries[^1].Position)
        {
            foreach (var entry in entries.Where(entry => entry.At < until && entry.Grain.Kind == Grains.GrainKinds.Agent))
            {
                ledger.Add(entry);
                ids.Add(entry.Grain.Key);
            }

            goesOn = entries[^1].At < until;
        }

        return ids.ToDictionary(id => id, id => ByHour(ledger.TimelineOf(id, from, until)!, from), StringComparer.Ordinal);
    }

    private static double[] ByHour(AgentTimeline timeline, DateTimeOffset from)
    {
        var hours = new double[TeamHours.Hours];
        foreach (var interval in timeline.Intervals.Where(interval => interval.Ready || interval.Conversations > 0))
        {
            for (var hour = 0; hour < hours.Length; hour++)
            {
                var begins = from.AddHours(hour);
                var shared = Min(interval.Until, begins.AddHours(1)) - (interval.From > begins ? interval.From : begins);
                hours[hour] += Math.Max(0, shared.TotalHours);
            }
        }

        return hours;

        static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
    }

    /// <summary>The zone of the owner's calendars; UTC where there are none.</summary>
    private static TimeZoneInfo ZoneOf(CentrePolicy policy) =>
        policy.Rules.QueueNames.Select(queue => policy.PolicyOf(queue).Terms.Calendar?.TimeZone).OfType<string>().GroupBy(zone => zone).MaxBy(zone => zone.Count())?.Key is { } name
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known) ? known : TimeZoneInfo.Utc;

    private static DateTimeOffset At(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static Task<T> OnThreadOfItsOwnAsync<T>(Func<T> play)
    {
        var played = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                played.SetResult(play());
            }
            catch (Exception fault)
            {
                played.SetException(fault);
            }
        })
        { IsBackground = true, Name = "what-if", Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return played.Task;
    }

    /// <summary>One of two halves.</summary>
    private sealed class Share(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (value / 2));
    }
}
