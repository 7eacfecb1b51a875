using System.Collections.Immutable;
using CustomerService.Grains.Alerts;

namespace CustomerService.Reporting.Alerts;

/// <summary>Something to tell of a rule's subject.</summary>
public abstract record AlertChange(string Rule, string Subject)
{
    /// <param name="Limit">What the figure may not pass now.</param>
    /// <param name="Since">When it began.</param>
    /// <param name="Course">The figure before and now, the oldest first.</param>
    public sealed record Raise(AlertRule By, AlertReading Reading, double Limit, DateTimeOffset Since, ImmutableArray<double> Course) : AlertChange(By.Name, Reading.Subject);

    /// <param name="Why">Of <see cref="AlertEnds"/>.</param>
    public sealed record Clear(string Rule, string Subject, string Why) : AlertChange(Rule, Subject);
}

/// <summary>Finds when alerts are to be raised and cleared. It follows what it is told alone, in its order; it asks no clock and nobody.</summary>
public sealed class AlertWatch
{
    /// <summary>A figure's course has a point each so often.</summary>
    private static readonly TimeSpan CourseStep = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(string Rule, string Subject), Track> _tracks = [];

    /// <param name="raised">What is raised already, as after a restart.</param>
    public AlertWatch(params IEnumerable<AlertFinding> raised)
    {
        foreach (var finding in raised)
            _tracks[(finding.Rule, finding.Subject)] = new Track(finding.Figure, finding.Kind) { IsRaised = true };
    }

    /// <summary>Takes the figures of one rule.</summary>
    /// <param name="readings">All there are; of a subject that is raised and not among them, the figure is 0 if it is a count, else not known.</param>
    public IReadOnlyList<AlertChange> Take(AlertRule rule, IReadOnlyCollection<AlertReading> readings, DateTimeOffset now)
    {
        var gone = _tracks.Keys.Where(key => key.Rule == rule.Name && readings.All(reading => reading.Subject != key.Subject)).ToList();
        double? none = rule.Figure.Unit == AlertUnit.Count ? 0 : null;
        var changes = readings.Concat(gone.Select(key => new AlertReading(key.Subject, none))).Select(reading => Step(rule, reading, now)).OfType<AlertChange>().ToList();
        foreach (var key in gone.Where(key => !_tracks[key].IsRaised))
            _tracks.Remove(key);
        return changes;
    }

    /// <summary>Ends what was raised by rules that are no more, or are about something else now.</summary>
    public IReadOnlyList<AlertChange> Keep(AlertRules rules)
    {
        var gone = _tracks.Where(track => rules.Find(track.Key.Rule) is not { } rule || !track.Value.IsOf(rule)).Select(track => track.Key).ToList();
        var changes = gone.Where(key => _tracks[key].IsRaised).Select(AlertChange (key) => new AlertChange.Clear(key.Rule, key.Subject, AlertEnds.RuleGone)).ToList();
        gone.ForEach(key => _tracks.Remove(key));
        return changes;
    }

    private AlertChange? Step(AlertRule rule, AlertReading reading, DateTimeOffset now)
    {
        var key = (rule.Name, reading.Subject);
        if (!_tracks.TryGetValue(key, out var track))
            _tracks[key] = track = new Track(rule.Figure.Name, rule.Kind);
        track.Note(reading.Value, now);
        return track.IsRaised ? CalmDown(rule, reading, track, now) : Rise(rule, reading, track, now);
    }

    private static AlertChange.Raise? Rise(AlertRule rule, AlertReading reading, Track track, DateTimeOffset now)
    {
        if (!rule.IsOver(reading))
        {
            track.Since = null;
            return null;
        }

        var since = track.Since ??= now;
        if (now - since < rule.For)
            return null;
        (track.IsRaised, track.Since) = (true, null);
        return new AlertChange.Raise(rule, reading, rule.LimitFor(reading), since, track.CourseTo(reading.Value!.Value));
    }

    private static AlertChange.Clear? CalmDown(AlertRule rule, AlertReading reading, Track track, DateTimeOffset now)
    {
        if (!rule.IsCalm(reading))
        {
            track.Since = null;
            return null;
        }

        track.Since ??= now;
        if (now - track.Since < rule.CalmFor(reading))
            return null;
        (track.IsRaised, track.Since) = (false, null);
        return new AlertChange.Clear(rule.Name, reading.Subject, reading.Value is null ? AlertEnds.Unknown : AlertEnds.Calm);
    }

    private sealed class Track(string figure, AlertKind kind)
    {
        private DateTimeOffset _noted;

        public bool IsRaised { get; set; }

        /// <summary>Since when there is reason to raise it, or to clear it if it is raised.</summary>
        public DateTimeOffset? Since { get; set; }

        private Queue<double> Course { get; } = new();

        public bool IsOf(AlertRule rule) => rule.Figure.Name == figure && rule.Kind == kind;

        /// <summary>The course, with that at its end.</summary>
        public ImmutableArray<double> CourseTo(double value) => Course.Count > 0 && Course.Last() == value ? [.. Course] : [.. Course, value];

        public void Note(double? value, DateTimeOffset now)
        {
            if (value is not { } known || (Course.Count > 0 && now - _noted < CourseStep))
                return;
            _noted = now;
            Course.Enqueue(known);
            if (Course.Count > AlertsState.CourseLength)
                Course.Dequeue();
        }
    }
}
