using System.Collections.Immutable;

namespace CustomerService.Grains.Reviews;

/// <summary>What marks come to, and how far two reviewers agree.</summary>
public static class ReviewScore
{
    /// <summary>The weighted mean of the questions that apply, 0…100; 0 where a question that fails the whole has no point.</summary>
    public static (double? Score, bool Failed) Of(ReviewCard card, ImmutableArray<ReviewMark> marks)
    {
        var marked = card.Questions
            .Select(question => (Question: question, marks.FirstOrDefault(mark => mark.QuestionId == question.Id)?.Points))
            .Where(each => each.Points is not null && each.Question is { Weight: > 0, MostPoints: > 0 })
            .ToList();
        if (marked.Any(each => each.Question.AutoFail && each.Points == 0))
            return (0, true);
        var weight = marked.Sum(each => each.Question.Weight);
        return weight <= 0 ? (null, false) : (100 * marked.Sum(each => each.Question.Weight * each.Points!.Value / each.Question.MostPoints) / weight, false);
    }

    /// <summary>Of the questions that both were asked: how many they marked the same.</summary>
    public static (int Same, int Of) Agreement(Review one, Review other)
    {
        var both = one.Marks.Join(other.Marks, mark => mark.QuestionId, mark => mark.QuestionId, (mine, theirs) => mine.Points == theirs.Points).ToList();
        return (both.Count(same => same), both.Count);
    }
}
