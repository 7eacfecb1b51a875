namespace CustomerService.Language;

/// <summary>How to train. The defaults suit both a few hundred and some ten thousand examples.</summary>
public sealed record TrainingOptions
{
    /// <summary>The price of a wrong example against large weights; higher fits the examples more closely. Default 1.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>An n-gram counts from this many examples on. Default 1: of few examples even the rare ones tell.</summary>
    public int MinimumExamples { get; init; } = 1;

    /// <summary>How much more a rare n-gram counts than a frequent one: the exponent of its IDF. Default 1.</summary>
    public double Rarity { get; init; } = 1;

    /// <summary>Keep only the strongest n-grams, so that the file stays small. Default 200,000.</summary>
    public int MaximumNgrams { get; init; } = 200_000;

    /// <summary>How many parts the examples are cut into to measure confidences on examples not trained on. Default 3.</summary>
    public int Folds { get; init; } = 3;

    /// <summary>The share of right answers that may be called unknown in order to keep wrong ones back, 0…1. Default 0.02.</summary>
    public double RightAnswersGivenUp { get; init; } = 0.02;

    /// <summary>Seeds the order in which examples are visited; the same seed and examples give the same bytes. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Require(Cost is > 0 and < 1e6, $"{nameof(Cost)} must be above 0");
        Require(Rarity is >= 0 and <= 4, $"{nameof(Rarity)} must be 0 to 4");
        Require(MinimumExamples >= 1, $"{nameof(MinimumExamples)} must be at least 1");
        Require(MaximumNgrams >= 1, $"{nameof(MaximumNgrams)} must be at least 1");
        Require(Folds is >= 2 and <= 20, $"{nameof(Folds)} must be 2 to 20");
        Require(RightAnswersGivenUp is >= 0 and < 1, $"{nameof(RightAnswersGivenUp)} must be 0 to 1");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new ArgumentException(rule + ".");
    }
}
