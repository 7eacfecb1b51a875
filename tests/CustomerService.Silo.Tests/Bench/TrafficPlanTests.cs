using CustomerService.Bench.Traffic;

namespace CustomerService.Silo.Bench;

public sealed class TrafficPlanTests
{
    private static readonly CustomerTexts Texts = new(["Where is my order?"], ["A person, please."]);

    [Fact]
    public void The_same_shape_makes_the_same_plan() =>
        Assert.Equal(TrafficPlan.Make(new TrafficShape(500, 50, 1.1), Texts).AsEnumerable(), TrafficPlan.Make(new TrafficShape(500, 50, 1.1), Texts));

    [Fact]
    public void Zipf_makes_the_first_conversation_the_busiest()
    {
        var plan = TrafficPlan.Make(new TrafficShape(20_000, 1_000, 1.1) { HandedOver = 0 }, Texts);

        // The first one's share is 1 / (1 + 2^-1.1 + 3^-1.1 + … + 1000^-1.1).
        var expected = 20_000 / Enumerable.Range(1, 1_000).Sum(k => Math.Pow(k, -1.1));
        Assert.InRange(plan.Count(message => message.Conversation == 0), 0.9 * expected, 1.1 * expected);
    }

    [Fact]
    public void Shares_are_kept()
    {
        var plan = TrafficPlan.Make(new TrafficShape(20_000, 1_000, 0) { HandedOver = 0.2, Repeated = 0.1 }, Texts);

        Assert.InRange(plan.Count(message => message is { Conversation: null, Text: "A person, please." }), 3_800, 4_200);
        Assert.InRange(plan.Count(message => message.IsRepeated), 1_850, 2_150);
        Assert.Equal(1_000, plan.Where(message => message.Conversation is not null).Select(message => message.Conversation).Distinct().Count());
    }
}
