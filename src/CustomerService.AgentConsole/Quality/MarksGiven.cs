using System.Collections.Immutable;
using CustomerService.Grains.Reviews;

namespace CustomerService.AgentConsole.Quality;

/// <summary>Marks while they are being given.</summary>
public sealed class MarksGiven
{
    private MarksGiven(ReviewCard card, ImmutableArray<QuestionMark> questions) => (Card, Questions) = (card, questions);

    public ReviewCard Card { get; }

    public ImmutableArray<QuestionMark> Questions { get; }

    public string? Comment { get; set; }

    public bool Calibration { get; set; }

    /// <summary>Every question has its mark.</summary>
    public bool IsWhole => Questions.All(question => question.Chosen.Length > 0);

    /// <param name="before">What the reviewer gave before; null: nothing.</param>
    public static MarksGiven Of(ReviewCard card, Review? before)
    {
        QuestionMark Mark(ReviewQuestion question) => before?.Marks.FirstOrDefault(mark => mark.QuestionId == question.Id) is { } mark
            ? new QuestionMark(question) { Chosen = mark.Points is { } points ? QuestionMark.Text(points) : QuestionMark.NotApplicable, Comment = mark.Comment, Message = mark.MessageSequence?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "" }
            : new QuestionMark(question);
        return new MarksGiven(card, [.. card.Questions.Select(Mark)]) { Comment = before?.Comment, Calibration = before?.Calibration ?? false };
    }

    public ImmutableArray<ReviewMark> ToMarks() => [.. Questions.Where(question => question.Chosen.Length > 0).Select(question => question.ToMark())];
}

/// <summary>The mark of one question while it is being given.</summary>
public sealed class QuestionMark(ReviewQuestion question)
{
    public const string NotApplicable = "none";

    public ReviewQuestion Question => question;

    /// <summary>Points, <see cref="NotApplicable"/>, or nothing yet.</summary>
    public string Chosen { get; set; } = "";

    public string? Comment { get; set; }

    /// <summary>The message that shows it; empty: none.</summary>
    public string Message { get; set; } = "";

    public ReviewMark ToMark() => new(question.Id, Number(Chosen) is { } points ? (int)points : null, Comment, Number(Message));

    internal static string Text(int points) => points.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long? Number(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
