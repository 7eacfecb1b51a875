using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Reviews;

/// <summary>The reviews of one conversation: each reviewer has one, and each agent a say in those of their own work.</summary>
public sealed class ReviewBehaviour : IGrainBehaviour<ReviewState>
{
    private const int MaxText = 2_000;

    private ReviewBehaviour()
    {
    }

    public static string Kind => GrainKinds.Reviews;

    public static int StateVersion => 1;

    public static JsonTypeInfo<ReviewState> StateJson => GrainsJson.Default.ReviewState;

    public static ReviewState Initial(string key) => new() { Id = key };

    public static Turn<ReviewState> Handle(ReviewState state, Command command, DateTimeOffset now) => command switch
    {
        GetReviews c => Turn.Unchanged(state, SeenBy(state, c.By)),
        GetOwnReviews c => Turn.Unchanged(state, new ReviewsView([.. state.Reviews.Where(review => IsTold(review, c.By))], Hidden: 0)),
        { Id: { Length: > 0 } id } when state.Remembered.Contains(id) => Turn.Unchanged(state, Reply.Done),
        GiveReview c => Give(state, c, now),
        SeeReview c => Moved(state, c, c.By, c.ReviewerId, ReviewStatus.Seen, null, review => review.Status == ReviewStatus.Given),
        AcknowledgeReview c => Moved(state, c, c.By, c.ReviewerId, ReviewStatus.Acknowledged, null, _ => true),
        DisputeReview c => Dispute(state, c),
        UpholdReview c => Uphold(state, c),
        EraseBeside => state.Reviews.IsEmpty ? Turn.Unchanged(state, Reply.Done) : Turn.Of(Initial(state.Id), Reply.Done, new EmptyJournal(), new Record(new ReviewsErased())),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<ReviewState> Give(ReviewState state, GiveReview give, DateTimeOffset now)
    {
        if (give.By == give.AgentId)
            return Refuse(state, "own_work", "Nobody reviews their own work; let somebody else do it.");
        var former = state.Find(give.By);
        if (former is { Status: ReviewStatus.Acknowledged, Calibration: false })
            return Refuse(state, "already_acknowledged", "The agent has acknowledged your review, so it stays as it is.");
        if (give.Replaces is { } read && read != (former?.Version ?? 0))
            return Refuse(state, "review_changed", "Your review was given anew, disputed or answered since you opened it; read what stands there, and give yours again.");
        if (give.Card.Questions.FirstOrDefault(question => give.Marks.Count(mark => mark.QuestionId == question.Id) != 1) is { } unmarked)
            return Refuse(state, "marks_incomplete", $"The question '{unmarked.Id}' needs one mark; give it points, or say that it does not apply.");
        if (give.Marks.FirstOrDefault(mark => !IsInRange(give.Card, mark)) is { } wrong)
            return Refuse(state, "mark_out_of_range", $"The mark of '{wrong.QuestionId}' is none of its question's; give 0 up to the most points that it has.");

        var (score, failed) = ReviewScore.Of(give.Card, give.Marks);
        var review = new Review(
            give.By, give.AgentId, give.Card, [.. give.Marks.Select(mark => mark with { Comment = Text(mark.Comment) })], Text(give.Comment), give.Calibration, score, failed, now, ReviewStatus.Given)
        {
            Version = (former?.Version ?? 0) + 1,
        };
        ImmutableArray<Effect> effects = [new Record(new ReviewGiven(review))];
        if (!review.Calibration)
            effects = effects.Add(new Tell(Grain.Personal(review.AgentId), new GiveNotice(NoticeKinds.Review, state.Id, review.ReviewerId, review.Card.Name)));
        return Turn.Of(Remembering(state.With(review), give), Reply.Done, effects);
    }

    private static Turn<ReviewState> Dispute(ReviewState state, DisputeReview dispute) =>
        string.IsNullOrWhiteSpace(dispute.Reason) ? Refuse(state, "reason_missing", "A dispute needs its reason; say what you see otherwise.")
        : state.Find(dispute.ReviewerId) is { } review && IsTold(review, dispute.By) && review.Status is not (ReviewStatus.Given or ReviewStatus.Seen)
            ? Refuse(state, "not_open", "The review was acknowledged, or its dispute answered; it is no longer disputed.")
            : Moved(state, dispute, dispute.By, dispute.ReviewerId, ReviewStatus.Disputed, dispute.Reason, _ => true);

    private static Turn<ReviewState> Uphold(ReviewState state, UpholdReview uphold)
    {
        if (string.IsNullOrWhiteSpace(uphold.Answer))
            return Refuse(state, "reason_missing", "The agent gave a reason and gets one; say why the review stays.");
        return state.Find(uphold.ReviewerId) switch
        {
            null => NoSuchReview(state),
            { Status: not ReviewStatus.Disputed } => Refuse(state, "not_disputed", "Nobody disputes this review now."),
            { } review when review.AgentId == uphold.By => Refuse(state, "own_work", "Nobody decides about a review of their own work; let somebody else do it."),
            { } review => Next(state, review with { Status = ReviewStatus.Upheld, Answer = Text(uphold.Answer) }, uphold, uphold.By, uphold.Answer),
        };
    }

    /// <summary>What the agent does with a review of their work.</summary>
    private static Turn<ReviewState> Moved(ReviewState state, Command command, string by, string reviewer, ReviewStatus to, string? text, Func<Review, bool> applies)
    {
        if (state.Find(reviewer) is not { } review || !IsTold(review, by))
            return NoSuchReview(state);
        if (review.Status == to || review.Status == ReviewStatus.Acknowledged || !applies(review))
            return Turn.Unchanged(state, Reply.Done);
        return Next(state, review with { Status = to, Dispute = Text(text) ?? review.Dispute }, command, by, text);
    }

    private static Turn<ReviewState> Next(ReviewState state, Review review, Command command, string by, string? text) =>
        Turn.Of(Remembering(state.With(review with { Version = review.Version + (review.Status == ReviewStatus.Seen ? 0 : 1) }), command), Reply.Done, new Record(new ReviewMoved(review.ReviewerId, review.Status, by, Text(text))));

    /// <summary>Who reviews sees all but others' calibration reviews, until their own is given or there are two.</summary>
    private static ReviewsView SeenBy(ReviewState state, string by)
    {
        var isOver = state.Reviews.Count(review => review.Calibration) > 1 || state.Find(by) is { Calibration: true };
        ImmutableArray<Review> seen = [.. state.Reviews.Where(review => !review.Calibration || isOver || review.ReviewerId == by)];
        return new ReviewsView(seen, state.Reviews.Count - seen.Length);
    }

    private static bool IsTold(Review review, string agent) => review.AgentId == agent && !review.Calibration;

    private static bool IsInRange(ReviewCard card, ReviewMark mark) =>
        card.Questions.FirstOrDefault(question => question.Id == mark.QuestionId) is { } question && (mark.Points is not { } points || (points >= 0 && points <= question.MostPoints));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Excerpt.Of(text.Trim(), MaxText);

    private static ReviewState Remembering(ReviewState state, Command command) =>
        command.Id.Length == 0 ? state : state with { Remembered = state.Remembered.AddWithin(command.Id, ReviewState.RememberedCommands) };

    private static Turn<ReviewState> NoSuchReview(ReviewState state) => Refuse(state, "no_such_review", "There is no such review of your work; open the list again.");

    private static Turn<ReviewState> Refuse(ReviewState state, string code, string message) => Turn.Unchanged(state, Reply.Refuse(code, message));
}
