namespace CustomerService.Grains.ServiceLevels;

/// <summary>
/// One service-level clock of a conversation as its record keeps it. It counts business time: the calendar is that of the terms, which
/// whoever keeps the clock hands in at each move (null terms: every hour counts, and there is no warning).
/// </summary>
/// <param name="Kind">One of <see cref="ServiceClocks"/>.</param>
/// <param name="Target">In seconds of business time.</param>
/// <param name="Spent">Seconds of business time spent before <paramref name="RunningSince"/>.</param>
/// <param name="RunningSince">Null while the clock stands still.</param>
public sealed record ServiceClock(string Kind, DateTimeOffset StartedAt, double Target, double Spent, DateTimeOffset? RunningSince)
{
    /// <summary>When it breaches if nothing stops it, or when it did; null while it stands still, and when the calendar never opens so long.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the warning is due; null when it was given or the clock stands still.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    public bool Warned { get; init; }

    public bool Breached { get; init; }

    /// <summary>A running clock.</summary>
    /// <param name="targetSeconds">More than 0, in seconds of business time: 0 means that there is no target, and so no clock.</param>
    public static ServiceClock Start(string kind, double targetSeconds, QueueTerms? terms, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSeconds);
        return new ServiceClock(kind, now, targetSeconds, 0, null).Resume(terms, now);
    }

    /// <summary>Stands still from now on. What was spent stays spent.</summary>
    public ServiceClock Pause(QueueTerms? terms, DateTimeOffset now) =>
        RunningSince is null ? this : this with { Spent = SpentAt(terms, now), RunningSince = null, DueAt = Breached ? DueAt : null, WarnAt = null };

    /// <summary>
    /// Runs again from now on. It is due when the rest of its target has passed: however long it stood still, it breaches no sooner than if
    /// it had run without a break.
    /// </summary>
    public ServiceClock Resume(QueueTerms? terms, DateTimeOffset now)
    {
        if (RunningSince is not null)
            return this;

        var warnAfter = (terms?.WarnAt ?? 0) * Target;
        return this with
        {
            RunningSince = now,
            DueAt = Breached ? DueAt : BusinessTime.Add(terms?.Calendar, now, Target - Spent),
            WarnAt = Warned || Breached || warnAfter <= 0 || warnAfter >= Target ? null : BusinessTime.Add(terms?.Calendar, now, warnAfter - Spent),
        };
    }

    /// <summary>Goes on under other terms, as when its conversation goes to another queue: what was spent under the old ones counts as it was.</summary>
    public ServiceClock Under(QueueTerms? newTerms, QueueTerms? oldTerms, DateTimeOffset now) =>
        RunningSince is null ? this : Pause(oldTerms, now).Resume(newTerms, now);

    /// <summary>What it comes to when it ends. Whoever keeps it lets it go.</summary>
    public ServiceClockEnd Stop(QueueTerms? terms, DateTimeOffset now)
    {
        // One that stands still may have been late already when it was stopped, with its review still to come.
        var late = Breached || (RunningSince is null ? Spent > Target : DueAt is { } due && now > due);
        return new ServiceClockEnd(SpentAt(terms, now), !late);
    }

    /// <summary>What has come due, each once. Of a review that comes so late that both have, only the breach is told.</summary>
    public ServiceClockReview Review(DateTimeOffset now)
    {
        if (RunningSince is null || Breached)
            return new ServiceClockReview(this, false, false);
        if (DueAt is { } due && now >= due)
            return new ServiceClockReview(this with { Warned = true, Breached = true, WarnAt = null }, false, true);
        if (WarnAt is { } warning && now >= warning)
            return new ServiceClockReview(this with { Warned = true, WarnAt = null }, true, false);
        return new ServiceClockReview(this, false, false);
    }

    /// <summary>Seconds of business time until now.</summary>
    public double SpentAt(QueueTerms? terms, DateTimeOffset now) =>
        RunningSince is { } since ? Spent + BusinessTime.Between(terms?.Calendar, since, now) : Spent;

    /// <summary>When the next of some clocks is to be reviewed; null: none of them.</summary>
    public static DateTimeOffset? NextAlarm(IEnumerable<ServiceClock> clocks) =>
        clocks.Min(clock => clock.RunningSince is null || clock.Breached ? null : clock.WarnAt ?? clock.DueAt);
}

/// <param name="SpentSeconds">Of business time.</param>
/// <param name="Met">It ended no later than it was due.</param>
public readonly record struct ServiceClockEnd(double SpentSeconds, bool Met);

/// <param name="Clock">To be kept instead.</param>
/// <param name="Warned">The warning has just come due.</param>
/// <param name="Breached">The target has just been missed.</param>
public readonly record struct ServiceClockReview(ServiceClock Clock, bool Warned, bool Breached);
