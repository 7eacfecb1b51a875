using CustomerService.Grains.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerService.Grains.Tests.Queues;

public sealed class WaitingLineTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    /// <summary>The line against a plain list that is sorted anew each time.</summary>
    [Fact]
    public void Line_IsAlwaysTheSortedListOfWhoWaits() => Prop.ForAll<int[]>(steps =>
    {
        var line = WaitingLine.Empty;
        var waiting = new Dictionary<string, WaitingConversation>();
        var offers = new Dictionary<string, string>();
        foreach (var step in steps.Select(Math.Abs))
        {
            var id = $"c-{step % 7}";
            switch (step / 7 % 4)
            {
                case 0 or 1:
                    var put = new WaitingConversation(id, step / 28 % 3, Start.AddSeconds(step % 5), [], 0);
                    (line, waiting[id]) = (line.Put(put), put);
                    break;
                case 2 when waiting.ContainsKey(id) && !offers.ContainsKey(id):
                    (line, offers[id]) = (line.Offer(id, "q-1"), "q-1");
                    break;
                case 2:
                    line = line.EndOffer(id);
                    offers.Remove(id);
                    break;
                default:
                    line = line.Remove(id);
                    waiting.Remove(id);
                    offers.Remove(id);
                    break;
            }

            Check(line, waiting, offers);
        }

        Check(WaitingLine.Of(waiting.Values, offers), waiting, offers);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    [Fact]
    public void LongLine_AnswersFromItsOrder()
    {
        const int Long = 100_000;
        var line = WaitingLine.Of(Enumerable.Range(0, Long).Select(i => new WaitingConversation($"c-{i}", i % 11, Start.AddSeconds(i), [], 0)), []);

        Assert.Equal(Long, line.Count);
        Assert.Equal("c-10", line.NextUnoffered!.ConversationId);
        Assert.Equal(1, line.PlaceOf("c-10"));
        Assert.Equal(Long, line.PlaceOf("c-99990"));
        Assert.Equal(Start, line.OldestSince());
        Assert.Equal(line.Head(Long).Count(waiting => waiting.Priority > 5), line.CountOver(5));
    }

    private static void Check(WaitingLine line, Dictionary<string, WaitingConversation> waiting, Dictionary<string, string> offers)
    {
        var sorted = waiting.Values
            .OrderByDescending(each => each.Priority).ThenBy(each => each.Since).ThenBy(each => each.ConversationId, StringComparer.Ordinal).ToList();
        Assert.Equal(sorted, line.Head(int.MaxValue));
        Assert.Equal(sorted.Count, line.Count);
        Assert.Equal(sorted.FirstOrDefault(each => !offers.ContainsKey(each.ConversationId)), line.NextUnoffered);
        Assert.Equal(sorted.Count == 0 ? null : sorted.Min(each => each.Since), line.OldestSince());
        for (var i = 0; i < sorted.Count; i++)
            Assert.Equal((i + 1, offers.GetValueOrDefault(sorted[i].ConversationId)), (line.PlaceOf(sorted[i].ConversationId), line.OfferOf(sorted[i].ConversationId)));
        foreach (var priority in new[] { -1, 0, 1, 2 })
            Assert.Equal(sorted.Count(each => each.Priority > priority), line.CountOver(priority));
        Assert.Equal(0, line.PlaceOf("c-elsewhere"));
    }
}
