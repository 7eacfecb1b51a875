using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Reviews;

namespace CustomerService.AgentConsole.Quality;

/// <summary>Marks while they are being given.</summary>
public sealed class MarksGiven
{
    private readonly Review? _before;

    private MarksGiven(ReviewCard card, Review? before)
    {
        (Card, _before) = (card, before);
        Questions = [.. card.Questions.Select(question => new QuestionMark(question, before?.Marks.FirstOrDefault(mark => mark.QuestionId == question.Id)))];
        (Comment, Calibration, Replaces) = (before?.Comment, before?.Calibration ?? false, before?.Version ?? 0);
    }

    public ReviewCard Card { get; }

    public ImmutableArray<QuestionMark> Questions { get; }

    public string? Comment { get; set; }

    public bool Calibration { get; set; }

    /// <summary>The version of the reviewer's former review that they know of; 0: there was none.</summary>
    public int Replaces { get; private set; }

    /// <summary>Every question has its mark.</summary>
    public bool IsWhole => Questions.All(question => question.Chosen.Length > 0);

    /// <summary>There is something here that does not stand anywhere else.</summary>
    public bool IsTouched => Questions.Any(question => question.IsTouched) || (Comment ?? "") != (_before?.Comment ?? "") || Calibration != (_before?.Calibration ?? false);

    /// <param name="before">What the reviewer gave before; null: nothing.</param>
    public static MarksGiven Of(ReviewCard card, Review? before) => new(card, before);

    /// <summary>What to show when the reviews were read again: marks that somebody has begun stay as they are, all else follows.</summary>
    /// <param name="card">What is to be marked by; null: they may give no review now.</param>
    /// <param name="mine">The reviewer's own review as it stands now; null: there is none.</param>
    public static MarksGiven? After(MarksGiven? begun, ReviewCard? card, Review? mine) =>
        begun is { IsTouched: true } ? begun
        : card is null ? null
        : begun is not null && begun.IsBy(card) && !begun.IsOvertakenBy(mine) ? begun // Somebody may just be typing the first letter into it.
        : Of(card, mine);

    /// <summary>Whether the reviewer's own review was given anew, disputed or answered since these marks were begun.</summary>
    public bool IsOvertakenBy(Review? mine) => Replaces != (mine?.Version ?? 0);

    /// <summary>They are to stand in place of the review as it is now, which the reviewer has seen.</summary>
    public void Replace(Review? mine) => Replaces = mine?.Version ?? 0;

    public ImmutableArray<ReviewMark> ToMarks() => [.. Questions.Where(question => question.Chosen.Length > 0).Select(question => question.ToMark())];

    private bool IsBy(ReviewCard card) => Card.Name == card.Name && Card.Questions.SequenceEqual(card.Questions);
}

/// <summary>The mark of one question while it is being given.</summary>
public sealed class QuestionMark
{
    public const string NotApplicable = "none";

    private readonly (string Chosen, string Comment, string Message) _before;

    /// <param name="before">What was given before; null: nothing.</param>
    public QuestionMark(ReviewQuestion question, ReviewMark? before)
    {
        Question = question;
        Chosen = before is null ? "" : before.Points is { } points ? Text(points) : NotApplicable;
        Comment = before?.Comment;
        Message = before?.MessageSequence?.ToString(CultureInfo.InvariantCulture) ?? "";
        _before = (Chosen, Comment ?? "", Message);
    }

    public ReviewQuestion Question { get; }

    /// <summary>Points, <see cref="NotApplicable"/>, or nothing yet.</summary>
    public string Chosen { get; set; }

    public string? Comment { get; set; }

    /// <summary>The message that shows it; empty: none.</summary>
    public string Message { get; set; }

    internal bool IsTouched => (Chosen, Comment ?? "", Message) != _before;

    public ReviewMark ToMark() => new(Question.Id, Number(Chosen) is { } points ? (int)points : null, Comment, Number(Message));

    internal static string Text(int points) => points.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
