using System.Collections.Immutable;

namespace CustomerService.Simulation.Traffic;

/// <summary>Who comes when.</summary>
/// <param name="Source">Where it is from, for people.</param>
/// <param name="Zone">In whose hours it is told.</param>
/// <param name="Contacts">In the order of their coming.</param>
/// <param name="Assumptions">What was not recorded, and what is taken instead; each a sentence.</param>
public sealed record Arrivals(
    string Source, TimeZoneInfo Zone, ImmutableArray<Contact> Contacts, ImmutableArray<Incident> Incidents, ImmutableArray<string> Assumptions);
