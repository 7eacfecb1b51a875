using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>
/// Notices when more customers than usual write about an intent, or use a word. It follows what it is told alone, in its order: told the same, it
/// finds the same, on every machine and after every restart. A message costs the same however much was before.
/// </summary>
public sealed class SpikeWatch
{
    /// <summary>Counts are kept by quarters of an hour; what is told is about the last four.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromMinutes(15);

    /// <summary>Before so many buckets (three days) nothing is known to be unusual.</summary>
    private const double LeastExposure = 3 * 96;

    private const double BucketsAWeek = 7 * 96;
    private const double Unsurprising = 0.05;
    private const int CalmBuckets = 4;
    private const int MostIntents = 200;

    private SpikeSettings _settings;
    private readonly Dictionary<string, (Series Series, Season Season)> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordCounts> _languages = new(StringComparer.Ordinal);
    private readonly Season _all = new();
    private DateTimeOffset? _bucket;
    private long _inBucket;

    public SpikeWatch(SpikeSettings settings) => _settings = settings;

    /// <summary>What is unusual now, oldest first.</summary>
    public ImmutableArray<Alert> Alerts { get; private set; } = [];

    /// <summary>What is told from now on; an alert that is open already goes on.</summary>
    public void Use(SpikeSettings settings)
    {
        _settings = settings;
        foreach (var counts in _languages.Values)
            counts.Settings = settings;
    }

    /// <summary>A customer's message was understood. A conversation counts once an hour for an intent, which is the caller's to see to.</summary>
    public void Observe(DateTimeOffset at, string conversation, string intent, string language, ImmutableArray<string> words)
    {
        AdvanceTo(at);
        if (!_settings.On)
            return;
        _inBucket++;
        if (!_settings.QuietIntents.Contains(intent) && (_intents.ContainsKey(intent) || _intents.Count < MostIntents))
        {
            if (!_intents.TryGetValue(intent, out var known))
                _intents.Add(intent, known = (new Series(), new Season()));
            known.Series.Count(conversation);
            if (known.Series.Alert is null)
                Look(at, intent, known.Series, known.Season);
        }

        if (!_languages.TryGetValue(language, out var counts))
            _languages.Add(language, counts = new WordCounts(language, _settings));
        counts.Observe(conversation, intent, words);
    }

    /// <summary>Time goes by: buckets end, and with them alerts whose reason is gone.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        var bucket = new DateTimeOffset(now.UtcTicks / Bucket.Ticks * Bucket.Ticks, TimeSpan.Zero);
        _bucket ??= bucket;
        while (_bucket < bucket)
        {
            End(_bucket.Value);
            _bucket += Bucket;
        }
    }

    private void End(DateTimeOffset bucket)
    {
        foreach (var (intent, (series, season)) in _intents)
        {
            var expected = season.Expected(bucket, _all);
            Look(bucket + Bucket, intent, series, season);
            // What is unusual is not learnt as usual while it lasts.
            season.Learn(bucket, series.Alert is null ? series.Newest : Math.Min(series.Newest, (long)Math.Ceiling(expected)), series.Alert is null ? expected : 0);
            series.Turn();
        }

        foreach (var counts in _languages.Values)
            counts.EndBucket(bucket + Bucket, FalseAlarmShare(WordCounts.Watched));
        _all.Learn(bucket, _inBucket, 0);
        _inBucket = 0;
        Tell();
    }

    private void Look(DateTimeOffset at, string intent, Series series, Season season)
    {
        if (season.Exposure < LeastExposure)
            return;
        var count = series.LastHour;
        if (series.Alert is null && count < _settings.LeastCount)
            return;
        var expected = ExpectedInLastHour(at, season);
        var dispersion = season.Dispersion;
        var chance = TailProbability.AtLeast(count, expected, dispersion);
        if (series.Alert is null)
        {
            if (chance >= FalseAlarmShare(_intents.Count) || count < _settings.LeastRatio * expected)
                return;
            series.Alert = new Alert(Alert.IntentKind, intent, null, at, count, expected, 0) { Total = count };
            series.Calm = 0;
        }
        else
        {
            series.Calm = chance > Unsurprising ? series.Calm + 1 : 0;
            series.Alert = series.Calm >= CalmBuckets ? null : series.Alert with { Total = series.Alert.Total + series.Newest };
        }

        if (series.Alert is { } alert)
        {
            series.Alert = alert with
            {
                LastHour = count,
                Expected = Math.Round(expected, 2),
                ExpectedAtMost = TailProbability.Quantile(expected, dispersion, Unsurprising),
                Words = [.. _languages.Values.SelectMany(counts => counts.StandingOutIn(intent)).OrderByDescending(word => word.Lift).Take(3).Select(word => word.Word)],
                Conversations = series.Examples,
            };
            Tell();
        }
    }

    /// <summary>The three ended buckets before, and the share of this one that is over.</summary>
    private double ExpectedInLastHour(DateTimeOffset at, Season season)
    {
        var begun = _bucket!.Value;
        var share = Math.Clamp((at - begun) / Bucket, 0, 1);
        var expected = share * season.Expected(begun, _all);
        for (var back = 1; back < Series.Buckets; back++)
            expected += season.Expected(begun - back * Bucket, _all);
        return Math.Max(0.05, expected);
    }

    // A bucket is looked at when it ends and while it fills; looks at one hour are much alike, so they count as two.
    private double FalseAlarmShare(int series) => _settings.FalseAlarmsAWeek / 2 / (2 * BucketsAWeek * Math.Max(1, series));

    private void Tell() => Alerts =
    [
        .. _intents.Values.Select(known => known.Series.Alert).OfType<Alert>()
            .Concat(_languages.Values.SelectMany(counts => counts.Alerts))
            .OrderBy(alert => alert.Since).ThenBy(alert => alert.Name, StringComparer.Ordinal),
    ];
}
