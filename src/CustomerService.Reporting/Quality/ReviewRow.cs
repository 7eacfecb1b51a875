using CustomerService.Grains.Journal;
using CustomerService.Grains.Reviews;

namespace CustomerService.Reporting.Quality;

/// <summary>A review as lists show it.</summary>
public sealed record ReviewRow(string ConversationId, Review Review);

/// <summary>What a conversation's reviews become by their events.</summary>
internal static class ReviewFold
{
    /// <summary>The review after an event of its grain; null: it is about none.</summary>
    /// <param name="find">Gives the review of a reviewer as it was.</param>
    public static Review? After(JournalEvent what, Func<string, Review?> find) => what switch
    {
        ReviewGiven given => given.Review,
        ReviewMoved moved when find(moved.ReviewerId) is { } review => moved.Status switch
        {
            ReviewStatus.Disputed => review with { Status = moved.Status, Dispute = moved.Text },
            ReviewStatus.Upheld => review with { Status = moved.Status, Answer = moved.Text },
            _ => review with { Status = moved.Status },
        },
        _ => null,
    };
}
