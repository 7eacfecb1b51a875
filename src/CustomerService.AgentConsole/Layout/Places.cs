using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerService.AgentConsole.Layout;

/// <summary>A page that the navigation leads to.</summary>
/// <param name="Title">A key of the words.</param>
/// <param name="Icon">Of Material Symbols.</param>
/// <param name="Needs">Who has any of these may see it; none: everybody may.</param>
internal sealed record Place(string Address, string Title, string Icon, params ImmutableArray<Permission> Needs)
{
    public NavLinkMatch Match { get; init; } = NavLinkMatch.Prefix;
}

/// <summary>Places that belong together.</summary>
/// <param name="Title">A key of the words.</param>
internal sealed record PlaceSection(string Title, ImmutableArray<Place> Places);

/// <summary>All places, in the order of the navigation. The page itself checks again.</summary>
internal static class Places
{
    private static readonly ImmutableArray<PlaceSection> All =
    [
        new("section.work",
        [
            new("console/desk", "place.desk", "forum", Permission.WorkConversations),
            new("console/conversations", "place.conversations", "inbox", Permission.SeeAllConversations),
            new("console/customers", "place.customers", "person_search", Permission.SeeConversations),
        ]),
        new("section.supervise",
        [
            new("console/queues", "place.queues", "groups", Permission.SeeQueues),
            new("console/floor", "place.floor", "headset_mic", Permission.SeeAgents),
            new("console/alerts", "place.alerts", "notification_important", Permission.SeeReports),
            new("console/at-risk", "place.at_risk", "warning", Permission.SeeAllConversations),
            new("console/what-if", "place.what_if", "science", Permission.SeeReports),
        ]),
        new("section.improve",
        [
            new("console/figures", "place.figures", "monitoring", Permission.SeeReports),
            new("console/performance", "place.performance", "leaderboard", Permission.WorkConversations, Permission.SeeQuality),
            new("console/quality", "place.quality", "rule", Permission.SeeQuality),
            new("console/reviews", "place.reviews", "grading", Permission.WorkConversations),
            new("console/articles", "place.articles", "menu_book", Permission.SeeContent),
        ]),
        new("section.run",
        [
            new("console/pipelines", "place.pipelines", "account_tree", Permission.SeeContent),
            new("console/content", "place.content", "tune", Permission.SeeContent),
            new("console/operations", "place.operations", "monitor_heart", Permission.SeeOperations),
        ]),
        new("section.manage",
        [
            new("console/people", "place.people", "badge", Permission.SeePeople),
            new("console/tokens", "place.tokens", "key", Permission.ManageTokens),
            new("console/retention", "place.retention", "auto_delete", Permission.SeeRetention),
            new("console/audit", "place.audit", "policy", Permission.SeeAudit),
        ]),
    ];

    /// <summary>Those that somebody may see; sections without any are left out.</summary>
    public static IEnumerable<PlaceSection> For(Me me) => All
        .Select(section => section with { Places = [.. section.Places.Where(place => place.Needs.Any(me.May))] })
        .Where(section => !section.Places.IsEmpty);
}
