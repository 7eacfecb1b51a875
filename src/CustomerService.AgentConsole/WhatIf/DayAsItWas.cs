using System.Collections.Immutable;
using CustomerService.Simulation.Centre;
using CustomerService.Simulation.Traffic;

namespace CustomerService.AgentConsole.WhatIf;

/// <summary>A day of the journal, ready to be played: who came, and who was at work.</summary>
/// <param name="Arrivals">In the zone's day.</param>
public sealed record DayAsItWas(DateOnly Date, TimeZoneInfo Zone, CentrePolicy Policy, Arrivals Arrivals, ImmutableArray<TeamHours> Teams)
{
    /// <summary>By hour, how many came.</summary>
    public ImmutableArray<int> Demand { get; } =
        [.. Enumerable.Range(0, TeamHours.Hours).Select(hour => Arrivals.Contacts.Count(contact => TimeZoneInfo.ConvertTime(contact.At, Zone).Hour == hour))];

    /// <summary>The same day with more or fewer customers: some come twice, or some stay away, drawn by the seed and the same each time.</summary>
    /// <param name="factor">1 is as it was.</param>
    public Arrivals With(double factor, long seed)
    {
        var contacts = new List<Contact>();
        foreach (var contact in Arrivals.Contacts)
        {
            var copies = (int)factor + (Chance(contact.Id, seed) < factor - (int)factor ? 1 : 0);
            for (var copy = 0; copy < copies; copy++)
            {
                // Not at the same moment: within the quarter of an hour around it.
                var later = copy == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes((15 * Chance($"{contact.Id}/{copy}", seed)) - 7.5);
                contacts.Add(copy == 0 ? contact : contact with { Id = FormattableString.Invariant($"{contact.Id}-{copy}"), At = contact.At + later });
            }
        }

        return Arrivals with { Contacts = [.. contacts.OrderBy(contact => contact.At).ThenBy(contact => contact.Id, StringComparer.Ordinal)] };
    }

    /// <summary>0…1, the same for the same name and seed.</summary>
    private static double Chance(string name, long seed)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return ((hash ^ (hash >> 33)) >> 11) / (double)(1UL << 53);
    }
}
