using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Reviews
{
    /// <summary>
    /// Marks an agent's work in a conversation against a scorecard. Whoever reviewed it already gives another review in its place, until its agent has acknowledged it. Refused
    /// with <c>own_work</c>, <c>marks_incomplete</c>, <c>mark_out_of_range</c>, <c>already_acknowledged</c> or <c>review_changed</c>.
    /// </summary>
    /// <param name="By">Who reviews.</param>
    /// <param name="AgentId">Whose work it is.</param>
    /// <param name="Card">The scorecard as it was then.</param>
    /// <param name="Marks">One for each of its questions.</param>
    /// <param name="Calibration">Several mark the same, none sees the others' before; the agent is not told, and it counts in no figure.</param>
    public sealed record GiveReview(string By, string AgentId, ReviewCard Card, ImmutableArray<ReviewMark> Marks, string? Comment, bool Calibration) : Turns.Command
    {
        public ImmutableArray<ReviewMark> Marks { get; init => field = value.OrEmpty(); } = Marks;

        /// <summary>The <see cref="Review.Version"/> of the reviewer's former review that they have read, 0: there was none. Null: whatever stands there is replaced.</summary>
        public int? Replaces { get; init; }
    }

    /// <summary>The agent has read the review of their work.</summary>
    public sealed record SeeReview(string By, string ReviewerId) : Turns.Command;

    /// <summary>The agent accepts it: it stays as it is. Refused with <c>no_such_review</c>.</summary>
    public sealed record AcknowledgeReview(string By, string ReviewerId) : Turns.Command;

    /// <summary>The agent sees it otherwise. Refused with <c>no_such_review</c>, <c>reason_missing</c> or <c>not_open</c>.</summary>
    public sealed record DisputeReview(string By, string ReviewerId, string Reason) : Turns.Command;

    /// <summary>The review stays as it is, and why; who would change it gives another. Refused with <c>no_such_review</c>, <c>reason_missing</c> or <c>not_disputed</c>.</summary>
    /// <param name="By">Somebody who reviews.</param>
    public sealed record UpholdReview(string By, string ReviewerId, string Answer) : Turns.Command;

    /// <summary>All reviews of the conversation, as somebody may see them who reviews. Answer: <see cref="ReviewsView"/>.</summary>
    public sealed record GetReviews(string By) : Turns.Query;

    /// <summary>The reviews of the agent's own work. Answer: <see cref="ReviewsView"/>.</summary>
    public sealed record GetOwnReviews(string By) : Turns.Query;

    /// <param name="Hidden">Calibration reviews by others, which are shown to whoever has given their own, or when there are two.</param>
    public sealed record ReviewsView(ImmutableArray<Review> Reviews, int Hidden) : Turns.Reply
    {
        public ImmutableArray<Review> Reviews { get; init => field = value.OrEmpty(); } = Reviews;
    }

    /// <summary>Where a review stands between its reviewer and the agent.</summary>
    public enum ReviewStatus
    {
        Given,

        Seen,

        Acknowledged,

        Disputed,

        /// <summary>It was disputed, and stays as it is.</summary>
        Upheld,
    }

    /// <param name="Name">Such as <c>service</c>.</param>
    public sealed record ReviewCard(string Name, ImmutableArray<ReviewQuestion> Questions)
    {
        public ImmutableArray<ReviewQuestion> Questions { get; init => field = value.OrEmpty(); } = Questions;
    }

    /// <param name="Weight">How much it counts beside the others.</param>
    /// <param name="MostPoints">The best mark; the worst is 0.</param>
    /// <param name="AutoFail">Whoever gets 0 here has failed as a whole.</param>
    public sealed record ReviewQuestion(string Id, string Text, double Weight, int MostPoints, bool AutoFail);

    /// <param name="Points">Null: the question does not apply here.</param>
    /// <param name="MessageSequence">The message that shows it.</param>
    public sealed record ReviewMark(string QuestionId, int? Points, string? Comment, long? MessageSequence);

    /// <param name="Score">0…100; null: no question applied.</param>
    /// <param name="Failed">By a question that fails the whole.</param>
    public sealed record Review(
        string ReviewerId, string AgentId, ReviewCard Card, ImmutableArray<ReviewMark> Marks, string? Comment, bool Calibration, double? Score, bool Failed, DateTimeOffset At, ReviewStatus Status)
    {
        public ImmutableArray<ReviewMark> Marks { get; init => field = value.OrEmpty(); } = Marks;

        /// <summary>Why the agent disputes it.</summary>
        public string? Dispute { get; init; }

        /// <summary>What was answered.</summary>
        public string? Answer { get; init; }

        /// <summary>Counts what the reviewer has to know before they give another: each giving, and all that the agent or another did with it but reading. As the grain has it; lists do not count.</summary>
        public int Version { get; init; }
    }

    /// <summary>The reviews are gone with their conversation.</summary>
    public sealed record ReviewsErased : Journal.JournalEvent;

    public sealed record ReviewGiven(Review Review) : Journal.JournalEvent;

    /// <summary>Something became of a review between its reviewer and the agent.</summary>
    /// <param name="Text">What was said with it; null: nothing.</param>
    public sealed record ReviewMoved(string ReviewerId, ReviewStatus Status, string By, string? Text) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(GiveReview), "reviews.give")]
    [JsonDerivedType(typeof(SeeReview), "reviews.see")]
    [JsonDerivedType(typeof(AcknowledgeReview), "reviews.acknowledge")]
    [JsonDerivedType(typeof(DisputeReview), "reviews.dispute")]
    [JsonDerivedType(typeof(UpholdReview), "reviews.uphold")]
    [JsonDerivedType(typeof(GetReviews), "reviews.get")]
    [JsonDerivedType(typeof(GetOwnReviews), "reviews.get_own")]
    public partial record Command;

    [JsonDerivedType(typeof(ReviewsView), "reviews.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ReviewGiven), "reviews.given")]
    [JsonDerivedType(typeof(ReviewMoved), "reviews.moved")]
    [JsonDerivedType(typeof(ReviewsErased), "reviews.erased")]
    public partial record JournalEvent;
}
