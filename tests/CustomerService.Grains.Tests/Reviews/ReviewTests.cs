using CustomerService.Grains.Personal;
using CustomerService.Grains.Reviews;

namespace CustomerService.Grains.Tests.Reviews;

public sealed class ReviewTests
{
    private static readonly ReviewCard Card = new("service", [new("greeting", "Friendly?", 1, 2, false), new("answer", "Right?", 3, 1, false), new("privacy", "Kept?", 1, 1, true)]);

    private readonly Subject<ReviewBehaviour, ReviewState> _reviews = new("c-1");

    [Fact]
    public void Score_IsTheWeightedMeanOfWhatApplies()
    {
        Assert.Equal((100.0, false), ReviewScore.Of(Card, [M("greeting", 2), M("answer", 1), M("privacy", 1)]));
        Assert.Equal((90.0, false), ReviewScore.Of(Card, [M("greeting", 1), M("answer", 1), M("privacy", 1)]));
        Assert.Equal((25.0, false), ReviewScore.Of(Card, [M("greeting", 2), M("answer", 0), M("privacy", null)]));
        Assert.Equal((0.0, true), ReviewScore.Of(Card, [M("greeting", 2), M("answer", 1), M("privacy", 0)]));
        Assert.Equal((null, false), ReviewScore.Of(Card, [M("greeting", null), M("answer", null), M("privacy", null)]));
    }

    [Fact]
    public void Review_IsGivenSeenDisputedUpheldAndAcknowledged()
    {
        _reviews.Handle(Give("sue", 1));
        Assert.Equal(90, Assert.Single(_reviews.Last.Effects.Recorded<ReviewGiven>()).Review.Score);
        Assert.Equal((NoticeKinds.Review, "c-1", "sue"), Assert.Single(_reviews.Last.Effects.Told<GiveNotice>(Grain.Personal("ann"))) is var notice ? (notice.Kind, notice.ConversationId, notice.By) : default);

        _reviews.Handle(new SeeReview("ann", "sue"));
        _reviews.ChangesNothing(new SeeReview("ann", "sue"));
        _reviews.Refuses("reason_missing", new DisputeReview("ann", "sue", " "));
        _reviews.Refuses("not_disputed", new UpholdReview("sue", "sue", "No."));
        _reviews.Handle(new DisputeReview("ann", "sue", "It was friendly."));
        _reviews.Refuses("own_work", new UpholdReview("ann", "sue", "It was."));
        _reviews.Handle(new UpholdReview("tom", "sue", "Not before the third message."));
        _reviews.Refuses("not_open", new DisputeReview("ann", "sue", "It was!"));
        _reviews.Handle(new AcknowledgeReview("ann", "sue"));

        var review = Assert.Single(Own("ann"));
        Assert.Equal((ReviewStatus.Acknowledged, "It was friendly.", "Not before the third message."), (review.Status, review.Dispute, review.Answer));
        _reviews.Refuses("already_acknowledged", Give("sue", 2));
        _reviews.ChangesNothing(new SeeReview("ann", "sue"));
    }

    [Fact]
    public void Review_ThatIsNotAcknowledged_IsGivenAnew()
    {
        _reviews.Handle(Give("sue", 1));
        _reviews.Handle(new DisputeReview("ann", "sue", "It was friendly."));

        _reviews.Handle(Give("sue", 2));

        var review = Assert.Single(Own("ann"));
        Assert.Equal((ReviewStatus.Given, 100.0, null), (review.Status, review.Score, review.Dispute));
    }

    [Fact]
    public void AnotherReview_IsGivenOnlyByWhoKnowsWhatBecameOfTheFormer()
    {
        _reviews.Handle(Give("sue", 1) with { Replaces = 0 });
        _reviews.Handle(new SeeReview("ann", "sue"));
        _reviews.Refuses("review_changed", Give("sue", 2) with { Replaces = 0 }); // Given in another window.
        _reviews.Handle(Give("sue", 2) with { Replaces = 1 }); // That it was read changes nothing.
        _reviews.Handle(new DisputeReview("ann", "sue", "It was friendly."));

        _reviews.Refuses("review_changed", Give("sue", 0) with { Replaces = 2 });

        Assert.Equal(("It was friendly.", 3), Assert.Single(Own("ann")) is var review ? (review.Dispute, review.Version) : default);
        _reviews.Handle(Give("sue", 0) with { Replaces = 3 });
    }

    [Fact]
    public void Marks_MustBeTheCards()
    {
        _reviews.Refuses("own_work", Give("ann", 1));
        _reviews.Refuses("mark_out_of_range", Give("sue", 3));
        _reviews.Refuses("mark_out_of_range", Give("sue", -1));
        _reviews.Refuses("marks_incomplete", Give("sue", 1) with { Marks = [M("greeting", 1), M("answer", 1)] });
        _reviews.Refuses("marks_incomplete", Give("sue", 1) with { Marks = [M("greeting", 1), M("answer", 1), M("privacy", 1), M("greeting", 2)] });
        _reviews.Refuses("mark_out_of_range", Give("sue", 1) with { Marks = [M("greeting", 1), M("answer", 1), M("privacy", 1), M("weather", 1)] });
    }

    [Fact]
    public void CalibrationReviews_AreHidden_UntilOneHasGivenOnesOwn()
    {
        _reviews.Handle(Give("sue", 1) with { Calibration = true });
        Assert.Empty(_reviews.Last.Effects.Told<GiveNotice>(Grain.Personal("ann")));
        Assert.Equal((0, 1), Seen("tom"));
        Assert.Equal((1, 0), Seen("sue"));

        _reviews.Handle(Give("tom", 2) with { Calibration = true });

        Assert.Equal((2, 0), Seen("tom"));
        Assert.Equal((2, 0), Seen("eve"));
        Assert.Empty(Own("ann"));
        _reviews.Refuses("no_such_review", new AcknowledgeReview("ann", "sue"));
        Assert.Equal((2, 3), ReviewScore.Agreement(_reviews.State.Reviews[0], _reviews.State.Reviews[1]));
    }

    [Fact]
    public void NobodyHasASay_InReviewsOfOthersWork()
    {
        _reviews.Handle(Give("sue", 1));

        Assert.Empty(Own("bob"));
        _reviews.Refuses("no_such_review", new AcknowledgeReview("bob", "sue"));
        _reviews.Refuses("no_such_review", new DisputeReview("bob", "sue", "No."));
        _reviews.Refuses("no_such_review", new SeeReview("ann", "tom"));
    }

    [Fact]
    public void SameCommandAgain_ChangesNothing()
    {
        _reviews.Handle(Give("sue", 1) with { Id = "g-1" });
        _reviews.Handle(new AcknowledgeReview("ann", "sue") { Id = "a-1" });

        _reviews.ChangesNothing(Give("sue", 1) with { Id = "g-1" });
        _reviews.ChangesNothing(new AcknowledgeReview("ann", "sue") { Id = "a-2" });
    }

    private static ReviewMark M(string question, int? points) => new(question, points, null, null);

    private static GiveReview Give(string by, int greeting) => new(by, "ann", Card, [M("greeting", greeting), M("answer", 1), M("privacy", 1)], "Well.", Calibration: false);

    private (int Shown, int Hidden) Seen(string by) => _reviews.Ask<ReviewsView>(new GetReviews(by)) is var view ? (view.Reviews.Length, view.Hidden) : default;

    private System.Collections.Immutable.ImmutableArray<Review> Own(string agent) => _reviews.Ask<ReviewsView>(new GetOwnReviews(agent)).Reviews;
}
