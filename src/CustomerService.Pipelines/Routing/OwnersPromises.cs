using System.Globalization;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Routing;

/// <summary>What pipelines read of the owner's hours and service levels under <c>inputs</c>: those of the default queue.</summary>
public static class OwnersPromises
{
    /// <summary>The owner's aim, of 5. Nothing measures it yet but the answer that customers give.</summary>
    private const double CustomerSatisfaction = 4.5;

    /// <summary><c>inputs.business_hours</c>: null when it is always open.</summary>
    public static IReadOnlyDictionary<string, object?>? BusinessHours(RoutingRules rules)
    {
        if (Terms(rules).Calendar is not { } calendar)
            return null;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["time_zone"] = calendar.TimeZone,
            ["week"] = OpenHours.Days("daily").ToDictionary(OpenHours.NameOf, object? (day) => OpenHours.Write(calendar.Week.Where(span => span.Day == day))),
            ["special_days"] = calendar.Exceptions.ToDictionary(day => day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), object? (day) => OpenHours.Write(day.Hours)),
        };
    }

    /// <summary><c>inputs.sla_targets</c>, in seconds; null where nothing is promised.</summary>
    public static IReadOnlyDictionary<string, object?> Targets(RoutingRules rules)
    {
        var targets = Terms(rules).TargetsFor(null);
        static object? Seconds(double seconds) => seconds <= 0 ? null : seconds == Math.Floor(seconds) ? (object)(long)seconds : seconds;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["first_response_time"] = Seconds(targets.FirstResponse),
            ["next_response_time"] = Seconds(targets.NextResponse),
            ["resolution_time"] = Seconds(targets.Resolution),
            ["customer_satisfaction"] = CustomerSatisfaction,
        };
    }

    private static QueueTerms Terms(RoutingRules rules) =>
        rules.Policies.TryGetValue(rules.DefaultQueue, out var policy) ? policy.Terms : new QueueTerms { Version = "" };
}
