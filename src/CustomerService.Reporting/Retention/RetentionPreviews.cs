using System.Collections.Immutable;
using CustomerService.Grains.Retention;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Reporting.Retention;

/// <summary>Says what rules would erase, without erasing anything.</summary>
public sealed class RetentionPreviews(IRetentionList list, DueConversations due, TimeProvider time)
{
    /// <summary>So many that would be left are named.</summary>
    public const int MostLeftShown = 100;

    /// <summary>So many of a channel are looked at one by one: who asks shall not wait long.</summary>
    public const int MostLookedAt = 2_000;

    private const int PageLength = 100;

    /// <param name="rules">In force, or yet to be.</param>
    public async ValueTask<RetentionPreview> LookAsync(RetentionRules rules, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var channels = ImmutableArray.CreateBuilder<ChannelPreview>();
        var left = new List<DueConversation>();
        var isWhole = true;
        foreach (var channel in rules.Limited)
        {
            var notAfter = rules.Of(channel).NotAfter(now)!.Value;
            var over = await list.CountOverAsync(channel, notAfter, cancellation);
            var (of, oldest) = await LookThroughAsync(channel, notAfter, cancellation);
            left.AddRange(of);
            isWhole &= over.Conversations <= MostLookedAt;
            channels.Add(new ChannelPreview(channel, rules.Of(channel), notAfter, over.Conversations, Math.Max(0, over.Conversations - of.Count), oldest));
        }

        return new RetentionPreview(
            now, rules, channels.ToImmutable(), left.CountBy(each => each.Left!).ToImmutableSortedDictionary(each => each.Key, each => each.Value),
            [.. left.OrderBy(each => each.Row.LastMessageAt).Take(MostLeftShown).Select(Named)], isWhole);
    }

    /// <returns>Those that would be left, and when the last word was said in the oldest of the others.</returns>
    private async ValueTask<(List<DueConversation> Left, DateTimeOffset? Oldest)> LookThroughAsync(string channel, DateTimeOffset notAfter, CancellationToken cancellation)
    {
        var (left, oldest) = (new List<DueConversation>(), (DateTimeOffset?)null);
        var page = ImmutableArray<DueConversation>.Empty;
        for (var looked = 0; looked < MostLookedAt; looked += page.Length)
        {
            page = await due.PageAsync(channel, notAfter, page.IsEmpty ? null : page[^1].Row, PageLength, cancellation);
            left.AddRange(page.Where(each => each.Left is not null));
            oldest ??= page.FirstOrDefault(each => each.Left is null)?.Row.LastMessageAt;
            if (page.Length < PageLength)
                break;
        }

        return (left, oldest);
    }

    private static LeftConversation Named(DueConversation due) => new(due.Row.Id, due.Row.Channel, due.Row.LastMessageAt, due.Left!, due.Hold?.By, due.Hold?.Reason);
}
