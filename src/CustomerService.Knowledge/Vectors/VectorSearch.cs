using System.Collections.Frozen;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace CustomerService.Knowledge;

/// <summary>
/// Articles by their meaning, where a model makes vectors of texts. Each section has one, made once for its text. What has none yet, or whose question finds
/// the model away, is searched by its words alone.
/// </summary>
internal sealed class VectorSearch(IEmbeddingGenerator<string, Embedding<float>> model, EmbeddingSettings settings, IVectorStore store, TimeProvider time, ILogger logger)
{
    private const int TextsAtOnce = 64;
    private const int LongestText = 2_000;
    private const int MostTries = 20;

    // How quickly a cosine above the least one becomes certainty: models crowd everything into a narrow band.
    private const double Steepness = 18;

    // After a failed question the model is left alone for a while, so that its outage costs one wait and not one for each customer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly BoundedCache<float[]> _questions = new(2_048);
    private long _pausedUntil;

    /// <summary>Whether the model is left alone for now, so that words alone decide.</summary>
    internal bool IsPaused => time.GetTimestamp() < Volatile.Read(ref _pausedUntil);

    /// <summary>Makes the vectors that are missing. May take long; searches go on meanwhile. Where the model is away it is tried again for ten minutes, and after the next reload.</summary>
    internal async Task PrepareAsync(IEnumerable<LanguageArticles> languages, CancellationToken cancellation)
    {
        var texts = languages.SelectMany(language => language.Articles).SelectMany(Texts).DistinctBy(text => text.Hash).ToDictionary(text => text.Hash, text => text.Text, StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            try
            {
                foreach (var batch in (await store.MissingAsync(texts.Keys, cancellation)).Order(StringComparer.Ordinal).Chunk(TextsAtOnce))
                {
                    var vectors = await model.GenerateAsync(batch.Select(hash => texts[hash]), cancellationToken: cancellation);
                    await store.KeepAsync([.. batch.Zip(vectors, (hash, vector) => (hash, vector.Vector.ToArray()))], cancellation);
                }
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or DbException or TimeoutException or OperationCanceledException)
            {
                logger.LogWarning("Vectors of articles cannot be made by {Model} (try {Try} of {Tries}): {Reason}", settings.ToString(), tries, MostTries, fault.Message);
                if (tries == MostTries)
                    return;
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    /// <summary>The nearest articles, nearest first; none where the model cannot be asked now.</summary>
    internal async ValueTask<IReadOnlyList<VectorMatch>> FindAsync(LanguageArticles language, string question, int limit, CancellationToken cancellation)
    {
        if (question.Trim().Length == 0 || IsPaused)
            return [];
        try
        {
            var rows = Rows(language);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), deadline, settings.QuestionTimeout, Timeout.InfiniteTimeSpan);
            if (!_questions.TryGet(question, out var vector))
            {
                vector = (await model.GenerateAsync([Cut(question)], cancellationToken: deadline.Token))[0].Vector.ToArray();
                _questions.Add(question, vector);
            }
            var nearest = await store.NearestAsync(vector, rows.Keys, limit * 4, deadline.Token);
            // Of an article the nearest section counts.
            return [.. nearest.SelectMany(text => rows[text.Hash].Select(row => new VectorMatch(row, Likelihood(text.Cosine)))).DistinctBy(match => match.Row).Take(limit)];
        }
        catch (Exception fault) when (fault is HttpRequestException or DbException or TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            Volatile.Write(ref _pausedUntil, time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency));
            logger.LogWarning("The embeddings of {Model} cannot be had; for {Seconds} s articles are found by their words alone: {Reason}", settings.ToString(), Pause.TotalSeconds, fault.Message);
            return [];
        }
    }

    private double Likelihood(double cosine) => 1 / (1 + Math.Exp(-Steepness * (cosine - settings.LeastSimilarity)));

    private static FrozenDictionary<string, int[]> Rows(LanguageArticles language) => language.TextRows ??= language.Articles
        .SelectMany((article, row) => Texts(article).Select(text => (text.Hash, row)))
        .GroupBy(pair => pair.Hash, pair => pair.row).ToFrozenDictionary(pair => pair.Key, pair => pair.Distinct().ToArray(), StringComparer.Ordinal);

    // A section alone often lacks what it is about, which the title says.
    private static IEnumerable<(string Hash, string Text)> Texts(Article article) => article.Sections.Select(section =>
    {
        var text = Cut($"{article.Title}\n{section.Text}");
        return (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), text);
    });

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}

/// <param name="Row">The article's place in its language.</param>
/// <param name="Likelihood">0…1: how likely it answers, by its meaning alone.</param>
internal readonly record struct VectorMatch(int Row, double Likelihood);
