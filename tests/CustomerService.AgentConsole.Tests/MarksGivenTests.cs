using CustomerService.AgentConsole.Quality;
using CustomerService.Grains.Reviews;

namespace CustomerService.AgentConsole.Tests;

public sealed class MarksGivenTests
{
    private static readonly ReviewCard Card = new("service", [new("right", "Right?", 1, 2, false), new("tone", "Friendly?", 1, 1, false)]);

    [Fact]
    public void Marks_are_whole_when_each_question_has_one()
    {
        var form = MarksGiven.Of(Card, null);
        form.Questions[0].Chosen = "2";
        Assert.False(form.IsWhole);
        form.Questions[1].Chosen = QuestionMark.NotApplicable;
        (form.Questions[0].Message, form.Questions[0].Comment) = ("7", "Fast.");

        Assert.True(form.IsWhole);
        Assert.Equal([new ReviewMark("right", 2, "Fast.", 7), new ReviewMark("tone", null, null, null)], form.ToMarks().AsEnumerable());
    }

    [Fact]
    public void What_was_given_before_is_shown_again()
    {
        var before = new Review("sue", "ann", Card, [new ReviewMark("right", 0, "No.", 3), new ReviewMark("tone", null, null, null)], "So so.", true, 0, false, default, ReviewStatus.Disputed);

        var form = MarksGiven.Of(Card, before);

        Assert.Equal(before.Marks.AsEnumerable(), form.ToMarks());
        Assert.Equal(("So so.", true), (form.Comment, form.Calibration));
    }

    [Fact]
    public void Marks_that_are_begun_stay_when_the_reviews_are_read_again_and_know_that_they_were_overtaken()
    {
        var given = new Review("sue", "ann", Card, [new ReviewMark("right", 2, null, null), new ReviewMark("tone", 1, null, null)], null, false, 100, false, default, ReviewStatus.Given) { Version = 1 };
        var disputed = given with { Status = ReviewStatus.Disputed, Dispute = "No.", Version = 2 };
        var form = MarksGiven.Of(Card, given);
        form.Questions[0].Comment = "Slow.";

        Assert.Same(form, MarksGiven.After(form, Card, disputed));
        Assert.Same(form, MarksGiven.After(form, null, disputed));
        Assert.False(form.IsOvertakenBy(given));
        Assert.True(form.IsOvertakenBy(disputed));
        form.Replace(disputed);
        Assert.False(form.IsOvertakenBy(disputed));
        Assert.Equal(2, form.Replaces);
    }

    [Fact]
    public void Marks_that_nobody_has_begun_follow_what_stands()
    {
        var form = MarksGiven.Of(Card, null);
        form.Questions[0].Comment = "";
        var given = new Review("sue", "ann", Card, [new ReviewMark("right", 2, null, null), new ReviewMark("tone", 1, null, null)], "Good.", false, 100, false, default, ReviewStatus.Given) { Version = 1 };

        var after = MarksGiven.After(form, Card, given)!;

        Assert.Equal(("Good.", 1, false), (after.Comment, after.Replaces, after.IsTouched));
        Assert.Null(MarksGiven.After(after, null, given));
        Assert.Same(after, MarksGiven.After(after, Card with { Questions = [.. Card.Questions] }, given with { Status = ReviewStatus.Seen }));
        Assert.NotSame(after, MarksGiven.After(after, Card with { Questions = [Card.Questions[0]] }, given));
        after.Comment = "";
        Assert.True(after.IsTouched);
    }
}
