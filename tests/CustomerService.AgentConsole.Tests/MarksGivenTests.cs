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
}
