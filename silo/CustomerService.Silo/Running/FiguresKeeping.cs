using CustomerService.Grains.Journal;
using CustomerService.Pipelines.Routing;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Following;
using CustomerService.Reporting.Quality;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Quality;

namespace CustomerService.Silo.Running;

/// <summary>The figures: read by every process with a door, kept by one of those that host grains.</summary>
internal static class FiguresKeeping
{
    /// <param name="rules">The routing rules as they were at the start; where pipelines run, those in force count.</param>
    public static IServiceCollection AddFigures(this IServiceCollection services, ISystemRecords records, RoutingRules rules)
    {
        services.AddSingleton(_ => records.OpenFigures());
        services.AddSingleton<JournalFollowing>();
        services.AddSingleton<IReviewList>(p => p.GetRequiredService<CaseTables>());
        return services.AddSingleton<IFigures>(p => new FiguresFromCases(p.GetRequiredService<CaseTables>(), () => ZoneOf(p.GetService<PipelineHolder>()?.Rules ?? rules)));
    }

    /// <summary>The owner's scorecards, where people review.</summary>
    public static IServiceCollection AddScorecards(this IServiceCollection services, ContentFolder content) =>
        services.AddSingleton<IScorecards>(p => new ScorecardFile(content.Scorecards, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ScorecardFile>>()));

    /// <summary>Call it after the host is registered: what starts later stops earlier.</summary>
    public static IServiceCollection AddFiguresKeeping(this IServiceCollection services, ISystemRecords records) =>
        services.AddProjection("the figures", records, provider =>
            new CaseKeeper(provider.GetRequiredService<IJournal>(), provider.GetRequiredService<CaseTables>(), provider.GetRequiredService<ILogger<CaseKeeper>>()).AdvanceAsync);

    /// <summary>Days are those of the calendar of the default queue; without one of the first calendar by name, else of UTC.</summary>
    public static TimeZoneInfo ZoneOf(RoutingRules rules)
    {
        var calendar = rules.Policies.GetValueOrDefault(rules.DefaultQueue)?.Terms?.Calendar ?? rules.Calendars.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value).FirstOrDefault();
        return calendar is not null && TimeZoneInfo.TryFindSystemTimeZoneById(calendar.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
