using System.Collections.Immutable;
using CustomerService.Reporting.Conversations;
using Microsoft.AspNetCore.Mvc;

namespace CustomerService.Gateway.Staff;

/// <summary>What <c>GET /api/conversations</c> can be asked for. Lists are divided by commas.</summary>
internal sealed class ConversationListQuery
{
    /// <summary>Such as <c>assigned,on_hold</c>.</summary>
    [FromQuery]
    public string? State { get; init; }

    [FromQuery]
    public string? Queue { get; init; }

    /// <summary>Who holds it.</summary>
    [FromQuery]
    public string? Agent { get; init; }

    /// <summary>Who has it, or had it last.</summary>
    [FromQuery]
    public string? LastAgent { get; init; }

    [FromQuery]
    public string? OfferedTo { get; init; }

    [FromQuery]
    public string? Customer { get; init; }

    [FromQuery]
    public string? Channel { get; init; }

    [FromQuery]
    public string? Language { get; init; }

    [FromQuery]
    public string? Tier { get; init; }

    [FromQuery]
    public string? Intent { get; init; }

    /// <summary>Whether the customer waits for a person's answer.</summary>
    [FromQuery]
    public bool? Unanswered { get; init; }

    /// <summary>Seconds: a promise is due by then, or was.</summary>
    [FromQuery]
    public int? DueWithin { get; init; }

    /// <summary>Of the last message.</summary>
    [FromQuery]
    public DateTimeOffset? From { get; init; }

    [FromQuery]
    public DateTimeOffset? Until { get; init; }

    [FromQuery]
    public string? Search { get; init; }

    [FromQuery]
    public string? Order { get; init; }

    [FromQuery]
    public string? Cursor { get; init; }

    [FromQuery]
    public int? Limit { get; init; }

    /// <summary>Count them by state too.</summary>
    [FromQuery]
    public bool? Counts { get; init; }
}

/// <param name="Previous">The cursor of the page before; left out on the first.</param>
/// <param name="Next">The cursor of the page after; left out on the last.</param>
public sealed record ConversationListing(ImmutableArray<ConversationRow> Conversations, string? Previous, string? Next)
{
    /// <summary>How many the filter finds, by state; left out unless asked for.</summary>
    public ImmutableSortedDictionary<string, int>? Counts { get; init; }
}
