using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Pipelines.Routing;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Reports;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Centre;

/// <summary>A centre with one queue or a few, small enough to play in no time.</summary>
internal static class SmallCentre
{
    public static CentrePolicy Policy(string rules = "default_queue: general") => new("rules.yaml", RoutingRulesFile.Parse(rules, "rules.yaml"));

    public static Roster Roster(string agents) => RosterFile.Parse($"people: {{ reaction: 0s }}\nagents:\n{agents}", "roster.yaml");

    public static Roster Agents(int count, string more = "") => Roster(string.Create(
        CultureInfo.InvariantCulture, $"  - group: agent\n    count: {count}\n    queues: [general]\n    shift: 00:00-05:00\n{more}"));

    public static Arrivals Chats(double perHour, string handling = "{ exponential: 60s }", string more = "", long seed = 1, string hours = "00:00-04:00") => TrafficFile.Parse(
        string.Create(CultureInfo.InvariantCulture, $"date: 2026-03-02\ncontacts:\n  chats:\n    channel: chat\n    per_hour: {{ {hours}: {perHour} }}\n    handling: {handling}\n{more}"),
        "day.yaml").Draw(seed);

    /// <summary>Contacts at these seconds after midnight, each taking so many seconds.</summary>
    public static Arrivals At(double handleSeconds, params double[] seconds) => new(
        "list", TimeZoneInfo.Utc,
        [
            .. seconds.Select((second, number) => new Contact
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"c{number}"),
                At = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(second),
                HandleSeconds = handleSeconds,
            }),
        ],
        [], ImmutableArray<string>.Empty);

    public static CentreFigures Figures(Arrivals arrivals, Roster roster, CentrePolicy? policy = null) =>
        FiguresOf.Log(CentreRun.Play(arrivals, roster, policy ?? Policy(), seed: 1));
}
