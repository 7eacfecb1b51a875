using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Queues;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Traffic;

/// <summary>A day whose contacts are drawn: kinds of contact, each with its rates by hour.</summary>
public sealed record TrafficPlan
{
    public required string Source { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required DateOnly Date { get; init; }

    public required ImmutableArray<ContactKind> Kinds { get; init; }

    public ImmutableArray<Incident> Incidents { get; init; } = [];

    /// <summary>Draws the day. The same seed gives the same day.</summary>
    public Arrivals Draw(long seed)
    {
        var contacts = Kinds
            .SelectMany(kind => Draw(kind, Streams.Of(seed, kind.Name)))
            .OrderBy(contact => contact.At).ThenBy(contact => contact.Id, StringComparer.Ordinal);
        return new Arrivals(
            $"{Source}, drawn with seed {seed.ToString(CultureInfo.InvariantCulture)}", Zone, [.. contacts], Incidents,
            ["Customers who give up do not come again."]);
    }

    private IEnumerable<Contact> Draw(ContactKind kind, Dice dice)
    {
        var number = 0;
        foreach (var (span, perHour) in kind.PerHour)
        {
            // Arrivals without memory: within each span the time to the next one is exponential.
            for (var minute = Next(span.From); minute < span.Until; minute = Next(minute))
                yield return Draw(kind, ++number, LocalDay.At(Date, minute, Zone), dice);

            double Next(double minute) => perHour > 0 ? minute - (60 / perHour * Math.Log(1 - dice.Fraction())) : double.PositiveInfinity;
        }
    }

    private static Contact Draw(ContactKind kind, int number, DateTimeOffset at, Dice dice) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind.Name}-{number:0000}"),
        At = at,
        Channel = kind.Channel,
        Language = kind.Languages.Draw(dice),
        Tier = kind.Tiers.Draw(dice),
        Intent = kind.Intents.Draw(dice),
        Urgency = kind.Urgency,
        Sentiment = kind.Sentiment,
        Queue = kind.Queue,
        Priority = kind.Priority,
        Needs = kind.Needs,
        HandleSeconds = kind.Handling.Draw(dice),
        PatienceSeconds = kind.Patience?.Draw(dice),
        CallbackAfterSeconds = dice.Fraction() < kind.CallbackShare ? kind.CallbackAfterSeconds : null,
    };
}

/// <summary>Contacts of one kind.</summary>
public sealed record ContactKind
{
    public required string Name { get; init; }

    public required string Channel { get; init; }

    /// <summary>How many an hour come, by part of the day; none outside.</summary>
    public required ImmutableArray<(DaySpan Span, double PerHour)> PerHour { get; init; }

    public required Distribution Handling { get; init; }

    /// <summary>Null: they never give up.</summary>
    public Distribution? Patience { get; init; }

    public Mix Languages { get; init; } = Mix.Of("en");

    public Mix Tiers { get; init; } = Mix.Of("standard");

    public Mix Intents { get; init; } = Mix.Of("unknown");

    public string Urgency { get; init; } = "normal";

    public double Sentiment { get; init; }

    public string? Queue { get; init; }

    public int? Priority { get; init; }

    public ImmutableArray<SkillNeed> Needs { get; init; } = [];

    /// <summary>0…1: so many ask to be called back when they have waited <see cref="CallbackAfterSeconds"/>.</summary>
    public double CallbackShare { get; init; }

    public double? CallbackAfterSeconds { get; init; }
}
