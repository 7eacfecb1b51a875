using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>
/// The words of one language: how often each is used, in a share of all messages, so that a busy hour makes no word unusual. Only words in use are
/// kept, and no more than <see cref="MostWords"/>: the least used go first.
/// </summary>
internal sealed class WordCounts(string language, SpikeSettings settings)
{
    /// <summary>So many words are in use often enough to be looked at; for the share of false alarms.</summary>
    public const int Watched = 400;

    private const int MostWords = 6_000;
    private const double KeptABucket = 0.9995; // Half in two weeks.
    private const double LeastMessages = 500;

    /// <summary>A word's counts are burstier than a coin's: one event makes many people use it, and one person often.</summary>
    private const double Dispersion = 2.5;

    /// <summary>A word of which more messages than these are full is grammar.</summary>
    private const double Grammar = 0.2;

    private const int KeptMessages = 400;

    public SpikeSettings Settings { get; set; } = settings;

    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    private readonly Series _messages = new();
    private readonly Queue<(string Intent, ImmutableArray<string> Words)> _latest = new();
    private double _total;

    public IEnumerable<Alert> Alerts => _words.Values.Select(word => word.Series.Alert).OfType<Alert>();

    public void Observe(string conversation, string intent, ImmutableArray<string> words)
    {
        _messages.Count(conversation);
        _latest.Enqueue((intent, words));
        if (_latest.Count > KeptMessages)
            _latest.Dequeue();
        foreach (var text in words)
        {
            if (Settings.QuietWords.Contains(text))
                continue;
            if (!_words.TryGetValue(text, out var word))
                _words.Add(text, word = new Word());
            if (word.LastConversation == conversation)
                continue; // One customer who says it often is one customer.
            word.LastConversation = conversation;
            word.Series.Count(conversation);
        }
    }

    public void EndBucket(DateTimeOffset at, double falseAlarms)
    {
        var messages = _messages.LastHour;
        List<string>? gone = null;
        foreach (var (text, word) in _words)
        {
            if (_total >= LeastMessages)
                Look(at, text, word, messages, falseAlarms);
            word.Usual *= KeptABucket;
            if (word.Series.Alert is null)
                word.Usual += word.Series.Newest;
            word.Series.Turn();
            if (word.Usual < 0.3 && word.Series is { LastHour: 0, Alert: null })
                (gone ??= []).Add(text);
        }

        foreach (var text in gone ?? [])
            _words.Remove(text);
        if (_words.Count > MostWords)
        {
            foreach (var (text, _) in _words.Where(entry => entry.Value.Series.Alert is null).OrderBy(entry => entry.Value.Usual).Take(_words.Count - MostWords * 3 / 4).ToList())
                _words.Remove(text);
        }

        _total = _total * KeptABucket + _messages.Newest;
        _messages.Turn();
    }

    /// <summary>Words that the latest messages of an intent use far more than others do.</summary>
    public IEnumerable<(string Word, double Lift)> StandingOutIn(string intent)
    {
        var own = _latest.Where(message => message.Intent == intent).ToList();
        if (own.Count < 5)
            yield break;
        foreach (var group in own.SelectMany(message => message.Words).GroupBy(word => word))
        {
            var share = (double)group.Count() / own.Count;
            var usual = (_words.GetValueOrDefault(group.Key)?.Usual ?? 0) / Math.Max(1, _total);
            if (share >= 0.25 && share > 2 * usual)
                yield return (group.Key, share * Math.Log(share / Math.Max(usual, 0.001)));
        }
    }

    private void Look(DateTimeOffset at, string text, Word word, long messages, double falseAlarms)
    {
        var count = word.Series.LastHour;
        var alert = word.Series.Alert;
        if (alert is null && (count < Settings.LeastCount || messages == 0))
            return;
        var share = (word.Usual + 0.5) / (_total + 1);
        var expected = Math.Max(0.05, share * messages);
        var chance = TailProbability.AtLeast(count, expected, Dispersion);
        if (alert is null)
        {
            if (share > Grammar || chance >= falseAlarms || count < Settings.LeastRatio * expected)
                return;
            alert = new Alert(Alert.WordKind, text, language, at, count, expected, 0) { Total = count };
            word.Series.Calm = 0;
        }
        else
        {
            word.Series.Calm = chance > 0.05 ? word.Series.Calm + 1 : 0;
            if (word.Series.Calm >= Series.Buckets)
            {
                word.Series.Alert = null;
                return;
            }

            alert = alert with { Total = alert.Total + word.Series.Newest };
        }

        word.Series.Alert = alert with
        {
            LastHour = count,
            Expected = Math.Round(expected, 2),
            ExpectedAtMost = TailProbability.Quantile(expected, Dispersion, 0.05),
            Conversations = word.Series.Examples,
        };
    }

    private sealed class Word
    {
        public Series Series { get; } = new();

        /// <summary>How often it was used, older uses counted less.</summary>
        public double Usual { get; set; }

        public string? LastConversation { get; set; }
    }
}
