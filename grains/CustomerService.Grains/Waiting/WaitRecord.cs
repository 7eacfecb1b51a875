using CustomerService.Grains.Queues;

namespace CustomerService.Grains.Waiting;

/// <summary>
/// What a queue has learnt about its waits, in a few numbers: the pace at which its agents take conversations, the last wait, and how near
/// each estimator has been. All zero: nothing yet.
/// </summary>
public sealed record WaitRecord
{
    /// <summary>From here on the pace is measured over half as many; it follows a change within so many waits.</summary>
    private const int PaceWindow = 400;

    public static WaitRecord None { get; } = new();

    /// <summary>Until when the time of <see cref="BusyAgentSeconds"/> is counted.</summary>
    public DateTimeOffset? CountedUntil { get; init; }

    /// <summary>Time during which somebody waited whom nobody could be offered, times the agents who were there.</summary>
    public double BusyAgentSeconds { get; init; }

    /// <summary>How many of those who had to wait got an agent meanwhile.</summary>
    public double BusyTaken { get; init; }

    /// <summary>How long the last who got an agent had waited; null: nobody did yet.</summary>
    public double? LastWait { get; init; }

    /// <summary>How fast offers are taken: the logarithm of the seconds from joining to an agent of those who did not have to wait.</summary>
    public RunningBand AtOnce { get; init; }

    public EstimatorScore QueueLength { get; init; }

    public EstimatorScore LastToEnter { get; init; }

    public EstimatorScore HeadOfLine { get; init; }

    /// <summary>Counts the time up to now, in which so many agents were there while some had to wait, or nobody had to.</summary>
    internal WaitRecord Counted(DateTimeOffset now, bool someHadToWait, int agents) => this with
    {
        CountedUntil = now,
        BusyAgentSeconds = someHadToWait && CountedUntil is { } since && now > since
            ? BusyAgentSeconds + ((now - since).TotalSeconds * agents)
            : BusyAgentSeconds,
    };

    /// <summary>A wait ended with an agent.</summary>
    /// <param name="predicted">What was predicted at joining; null when it did not have to wait.</param>
    /// <param name="undisturbed">False: the queue was paused or closed meanwhile, or somebody let the only offer go, which no estimator foresees.</param>
    /// <param name="waiting">How many still wait.</param>
    internal WaitRecord Ended(double seconds, WaitPrediction? predicted, bool undisturbed, int waiting)
    {
        if (!undisturbed)
            return this;
        if (predicted is null)
            return this with { LastWait = seconds, AtOnce = AtOnceWith(Math.Log(Math.Max(seconds, 0.01))) };

        var after = this with { LastWait = seconds, BusyTaken = BusyTaken + 1 };
        if (after.BusyTaken >= PaceWindow)
            after = after with { BusyTaken = after.BusyTaken / 2, BusyAgentSeconds = after.BusyAgentSeconds / 2 };
        return !predicted.IsWhole ? after : after with
        {
            QueueLength = QueueLength.With(predicted.QueueLength!.Value, seconds, predicted.Ahead, waiting),
            LastToEnter = LastToEnter.With(predicted.LastToEnter!.Value, seconds, predicted.Ahead, waiting),
            HeadOfLine = HeadOfLine.With(predicted.HeadOfLine!.Value, seconds, predicted.Ahead, waiting),
        };
    }

    /// <summary>What the estimators say of one who joins now.</summary>
    /// <param name="ahead">How many wait ahead of it whom nobody has been offered.</param>
    /// <param name="agents">How many agents are there.</param>
    /// <param name="headSeconds">How long the first in line has waited; null: nobody is ahead.</param>
    internal WaitPrediction Predict(int ahead, int agents, double? headSeconds) => new(
        ahead,
        BusyTaken > 0 && BusyAgentSeconds > 0 && agents > 0 ? (ahead + 1) * BusyAgentSeconds / BusyTaken / agents : null,
        LastWait,
        headSeconds ?? LastWait);

    /// <summary>The band around the estimator that has been nearest, of those that know something; null: none does.</summary>
    /// <param name="joining">What is predicted of one who joins now.</param>
    /// <param name="ahead">How many are ahead of the one who is meant: who has half as many waits half as long.</param>
    internal WaitBand? Announce(WaitPrediction joining, int ahead)
    {
        // With no pace yet, only waits without a line are known, which say nothing of one; and with nobody there nobody knows.
        if (joining.QueueLength is null)
            return null;

        var part = (ahead + 1d) / (joining.Ahead + 1);
        WaitBand? nearest = null;
        var least = double.PositiveInfinity;
        Compare(joining.QueueLength, QueueLength, WaitEstimators.QueueLength);
        Compare(joining.LastToEnter, LastToEnter, WaitEstimators.LastToEnter);
        Compare(joining.HeadOfLine, HeadOfLine, WaitEstimators.HeadOfLine);
        return nearest;

        void Compare(double? seconds, EstimatorScore score, string name)
        {
            if (seconds is not { } known || score.SquaredError >= least)
                return;
            least = score.SquaredError;
            var (p50, p90) = score.Around(known * part, ahead);
            nearest = new WaitBand(Math.Round(p50, 1), Math.Round(p90, 1), name);
        }
    }

    /// <summary>The band of one whom an agent can be offered at once; null: nothing is known yet.</summary>
    internal WaitBand? AnnounceAtOnce() => AtOnce.Seen == 0
        ? null
        : new WaitBand(Math.Round(Math.Exp(AtOnce.P50), 1), Math.Round(Math.Exp(Math.Max(AtOnce.P50, AtOnce.P90)), 1), WaitEstimators.QueueLength);

    // The first is taken as the middle, and the rest assumed as of exponential times: nine of ten within e^1.2 times the middle.
    private RunningBand AtOnceWith(double logarithm) =>
        AtOnce.Seen == 0 ? new RunningBand(logarithm, logarithm + 1.2, 1) : AtOnce.With(logarithm, late: 0);
}
