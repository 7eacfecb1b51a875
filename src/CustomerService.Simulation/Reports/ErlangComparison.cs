using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Pipelines.Routing;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Reports;

/// <summary>
/// Plays centres whose waits are known through the real grains and holds the result against the formulas. If conversations were offered
/// late, out of order or not at all, or agents left idle while somebody waits, the figures would part.
/// </summary>
public static class ErlangComparison
{
    /// <summary>By then a centre that began empty is like any other.</summary>
    private const double WarmUpHours = 1;

    /// <summary>In the last hour of the day nobody new comes, so that everybody is served.</summary>
    private const int ArrivalHours = 23;

    private static readonly DateOnly Date = new(2026, 3, 2);

    /// <summary>Small to medium teams, from half to five sixths of their load, and two with patience that runs out.</summary>
    public static ImmutableArray<ErlangCase> Usual { get; } =
    [
        new(1, 0.5, null, 80),
        new(2, 1.2, null, 60),
        new(4, 2.5, null, 60),
        new(3, 2.5, null, 70),
        new(10, 9, 2, 6),
        new(20, 20, 1, 4),
    ];

    /// <param name="seed">The same seed gives the same figures.</param>
    public static ImmutableArray<ErlangResult> Play(ImmutableArray<ErlangCase> cases, long seed, IProgress<int>? played, CancellationToken cancellation)
    {
        var days = cases.SelectMany((each, number) => Enumerable.Range(0, each.Days).Select(day => (Case: each, Number: number, Day: day))).ToArray();
        var results = new DayFigures[days.Length];
        var done = 0;
        Parallel.For(0, days.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, place =>
        {
            var (each, number, day) = days[place];
            results[place] = Play(each, seed + (number * 100_003L) + (day * 1_000_003L));
            played?.Report(Interlocked.Increment(ref done));
        });
        return [.. cases.Select((each, number) => Summed(each, [.. results.Where((_, place) => days[place].Number == number)]))];
    }

    private static DayFigures Play(ErlangCase each, long seed)
    {
        var plan = new TrafficPlan
        {
            Source = "Erlang",
            Zone = TimeZoneInfo.Utc,
            Date = Date,
            Kinds =
            [
                new ContactKind
                {
                    Name = "contact",
                    Channel = Grains.Conversations.ChannelNames.Voice,
                    PerHour = [(new DaySpan(0, ArrivalHours * 60), each.Load * 3_600 / ErlangCase.HandleSeconds)],
                    Handling = new Distribution.Exponential(ErlangCase.HandleSeconds),
                    Patience = each.Patience is { } patience ? new Distribution.Exponential(patience * ErlangCase.HandleSeconds) : null,
                },
            ],
        };
        var rules = new RoutingRules();
        var roster = new Roster
        {
            Source = "Erlang",
            Zone = TimeZoneInfo.Utc,
            Nature = new HumanNature { Reaction = new Distribution.Exactly(0) },
            Agents = [.. Enumerable.Range(1, each.Agents).Select(number => new RosterAgent
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"agent-{number}"),
                Queues = [rules.DefaultQueue],
                Shift = new DaySpan(0, 1_440),
            })],
        };
        var log = CentreRun.Play(plan.Draw(seed), roster, new CentrePolicy("Erlang", rules), seed);
        return log.Contacts
            .Where(contact => (contact.Contact.At - log.From).TotalHours >= WarmUpHours)
            .Aggregate(default(DayFigures), (sum, contact) => sum + DayFigures.Of(contact));
    }

    private static ErlangResult Summed(ErlangCase each, DayFigures[] days)
    {
        var all = days.Aggregate(default(DayFigures), (sum, day) => sum + day);
        var handle = all.HandleSeconds / all.Contacts;
        return new ErlangResult(
            each, all.Contacts,
            new ErlangDraw(all.HandleSeconds / (days.Length * (ArrivalHours - WarmUpHours) * 3_600), handle, all.PatienceSeconds / all.Contacts),
            new ErlangFigures(all.Waited / (double)all.Contacts, all.WaitSeconds / all.Contacts, all.GaveUp / (double)all.Contacts),
            new ErlangFigures(Margin(day => day.Waited), Margin(day => day.WaitSeconds), Margin(day => day.GaveUp)));

        // Days differ in how many come, so what varies is a day's sum less its contacts times the mean.
        double Margin(Func<DayFigures, double> sum)
        {
            var mean = sum(all) / all.Contacts;
            var deviations = days.Sum(day => Math.Pow(sum(day) - (mean * day.Contacts), 2));
            return days.Length < 2 ? double.NaN : 1.96 * Math.Sqrt(deviations * days.Length / (days.Length - 1)) / all.Contacts;
        }
    }

    /// <summary>Sums over days.</summary>
    private readonly record struct DayFigures(long Contacts, long Waited, double WaitSeconds, long GaveUp, double HandleSeconds, double PatienceSeconds)
    {
        /// <summary>Less than this is the time in which an offer reaches a desk.</summary>
        private const double Wait = 0.005;

        public static DayFigures operator +(DayFigures a, DayFigures b) => new(
            a.Contacts + b.Contacts, a.Waited + b.Waited, a.WaitSeconds + b.WaitSeconds, a.GaveUp + b.GaveUp,
            a.HandleSeconds + b.HandleSeconds, a.PatienceSeconds + b.PatienceSeconds);

        public static DayFigures Of(ContactOutcome contact)
        {
            var wait = contact.WaitSeconds ?? (contact.GaveUpAt!.Value - contact.WaitingSince!.Value).TotalSeconds;
            var waited = wait > Wait;
            return new DayFigures(
                1, waited ? 1 : 0, waited ? wait : 0, contact.GaveUpAt is null ? 0 : 1, contact.Contact.HandleSeconds, contact.Contact.PatienceSeconds ?? 0);
        }
    }
}
