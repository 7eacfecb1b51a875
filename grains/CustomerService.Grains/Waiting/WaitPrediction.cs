namespace CustomerService.Grains.Waiting;

/// <summary>What each estimator said when a conversation joined a line in which it had to wait; in seconds, null where one knew nothing.</summary>
/// <param name="Ahead">How many were ahead whom nobody had been offered.</param>
/// <param name="QueueLength">Those ahead and itself, divided by the pace at which the agents who are there have been taking.</param>
/// <param name="LastToEnter">As long as the last who got an agent had waited.</param>
/// <param name="HeadOfLine">As long as the first in line has waited so far; with nobody ahead, as <paramref name="LastToEnter"/>.</param>
public sealed record WaitPrediction(int Ahead, double? QueueLength, double? LastToEnter, double? HeadOfLine)
{
    /// <summary>All three know something, so that their errors can be compared.</summary>
    internal bool IsWhole => QueueLength is not null && LastToEnter is not null && HeadOfLine is not null;
}

/// <summary>The estimators' names.</summary>
public static class WaitEstimators
{
    public const string QueueLength = "queue_length";
    public const string LastToEnter = "last_to_enter_service";
    public const string HeadOfLine = "head_of_line";
}
