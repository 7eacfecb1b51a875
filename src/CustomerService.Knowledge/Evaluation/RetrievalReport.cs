using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>What became of one question.</summary>
/// <param name="Rank">Place of the article that answers it, from 1; 0 where it was not among the hits, or none answers.</param>
/// <param name="Found">Ids of the hits, best first.</param>
public sealed record RetrievalOutcome(RetrievalQuestion Question, int Rank, double Confidence, ImmutableArray<string> Found)
{
    /// <summary>The first hit answers it.</summary>
    public bool IsRight => Rank == 1;

    public bool IsRefused => Confidence < KnowledgeResult.LeastConfidence;
}

/// <summary>A list of questions held against the articles.</summary>
public sealed record RetrievalReport(ImmutableArray<RetrievalOutcome> Outcomes)
{
    private const int Bins = 5;

    private IEnumerable<RetrievalOutcome> Answerable => Outcomes.Where(outcome => outcome.Question.ArticleId is not null);

    private IEnumerable<RetrievalOutcome> OffTopic => Outcomes.Where(outcome => outcome.Question.ArticleId is null);

    /// <summary>Share of the questions that an article answers whose article is among the first hits.</summary>
    public double RecallAt(int hits) => Share(Answerable, outcome => outcome.Rank > 0 && outcome.Rank <= hits);

    /// <summary>Mean of one over the place of the article that answers.</summary>
    public double MeanReciprocalRank => Answerable.Select(outcome => outcome.Rank == 0 ? 0 : 1.0 / outcome.Rank).DefaultIfEmpty().Average();

    /// <summary>Share of the refused questions that no article answers.</summary>
    public double RefusalPrecision => Share(Outcomes.Where(outcome => outcome.IsRefused), outcome => outcome.Question.ArticleId is null);

    /// <summary>Share of the questions that no article answers which were refused.</summary>
    public double RefusalRecall => Share(OffTopic, outcome => outcome.IsRefused);

    /// <summary>Share of the answers given, refusals left out, that are right.</summary>
    public double AnswerPrecision => Share(Outcomes.Where(outcome => !outcome.IsRefused), outcome => outcome.IsRight);

    /// <summary>How far confidence is from the share of right answers, on average over five bins of confidence.</summary>
    public double CalibrationError => Outcomes.IsEmpty ? 0
        : ByConfidence().Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Right)) / Outcomes.Length;

    /// <summary>The part that constants are fitted to, or the part that is only measured.</summary>
    public RetrievalReport Half(bool development) => new([.. Outcomes.Where(outcome => outcome.Question.IsForDevelopment == development)]);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"questions           {Outcomes.Length} ({Answerable.Count()} with an article, {OffTopic.Count()} about something else)");
        text.AppendLine(CultureInfo.InvariantCulture, $"recall@1            {RecallAt(1):0.000}");
        text.AppendLine(CultureInfo.InvariantCulture, $"recall@3            {RecallAt(3):0.000}");
        text.AppendLine(CultureInfo.InvariantCulture, $"MRR                 {MeanReciprocalRank:0.000}");
        text.AppendLine(CultureInfo.InvariantCulture, $"refusal precision   {RefusalPrecision:0.000}   (below confidence {KnowledgeResult.LeastConfidence})");
        text.AppendLine(CultureInfo.InvariantCulture, $"refusal recall      {RefusalRecall:0.000}");
        text.AppendLine(CultureInfo.InvariantCulture, $"answer precision    {AnswerPrecision:0.000}");
        text.AppendLine(CultureInfo.InvariantCulture, $"calibration error   {CalibrationError:0.000}");
        foreach (var (from, count, confidence, right) in ByConfidence())
            text.AppendLine(CultureInfo.InvariantCulture, $"  {from:0.0} to {from + 1.0 / Bins:0.0}        {count,4} questions, confidence {confidence:0.00}, right {right:0.00}");
        return text.ToString();
    }

    private IEnumerable<(double From, int Count, double Confidence, double Right)> ByConfidence() =>
        from outcome in Outcomes
        group outcome by Math.Min(Bins - 1, (int)(outcome.Confidence * Bins)) into bin
        orderby bin.Key
        select ((double)bin.Key / Bins, bin.Count(), bin.Average(outcome => outcome.Confidence), Share(bin, outcome => outcome.IsRight));

    private static double Share(IEnumerable<RetrievalOutcome> outcomes, Func<RetrievalOutcome, bool> has) =>
        outcomes.Select(outcome => has(outcome) ? 1.0 : 0).DefaultIfEmpty(0).Average();
}
