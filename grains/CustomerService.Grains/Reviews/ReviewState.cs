using System.Collections.Immutable;

namespace CustomerService.Grains.Reviews;

/// <summary>The reviews of one conversation, one a reviewer.</summary>
public sealed record ReviewState
{
    internal const int RememberedCommands = 32;

    /// <summary>The conversation's.</summary>
    public required string Id { get; init; }

    public ImmutableList<Review> Reviews { get; init; } = [];

    /// <summary>Ids of the last commands, to know a repeated one.</summary>
    public ImmutableList<string> Remembered { get; init; } = [];

    internal Review? Find(string reviewer) => Reviews.Find(review => review.ReviewerId == reviewer);

    /// <summary>With this one in place of its reviewer's former.</summary>
    internal ReviewState With(Review review) => this with { Reviews = Reviews.RemoveAll(each => each.ReviewerId == review.ReviewerId).Add(review) };
}
