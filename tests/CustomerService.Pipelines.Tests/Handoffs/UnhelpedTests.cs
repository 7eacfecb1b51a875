using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Handoffs;

namespace CustomerService.Pipelines.Tests.Handoffs;

public sealed class UnhelpedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("That's not what I asked")]
    [InlineData("you don't understand")]
    [InlineData("This doesn't help me at all")]
    [InlineData("eso no es lo que pregunté")]
    [InlineData("no me estás ayudando")]
    [InlineData("Ce n’est pas ma question")]
    [InlineData("Vous ne comprenez pas")]
    [InlineData("Das ist nicht meine Frage")]
    [InlineData("das hilft mir leider nicht")]
    [InlineData("そうじゃなくて、返品の方法が知りたいです")]
    [InlineData("質問の答えになってないです")]
    public void Who_says_so_is_not_helped(string message) => Assert.NotNull(Unhelped.Reason(After("Here is our return policy.", message)));

    [Theory]
    [InlineData("How long does a refund take?", "how long does a refund take")]
    [InlineData("Wann kommt meine Bestellung an?", "Wann kommt meine Bestellung denn an?")]
    [InlineData("返金はいつですか？", "返金はいつですか")]
    public void Who_asks_the_same_again_is_not_helped(string before, string now) => Assert.NotNull(Unhelped.Reason(After("Five to seven days.", now, before)));

    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("How long does a refund take?", "And how long does delivery take?")]
    public void Anything_else_is_no_sign_of_trouble(string before, string now) => Assert.Null(Unhelped.Reason(After("Five to seven days.", now, before)));

    [Fact]
    public void Nobody_answered_yet_or_the_assistant_asked_for_something_is_no_trouble()
    {
        var context = After("What is your order number?", "you don't understand");

        Assert.Null(Unhelped.Reason(context with { History = [] }));
        Assert.Null(Unhelped.Reason(context with { Pending = new PendingRequest("order_number", "order_status", ImmutableDictionary<string, string>.Empty, Now) }));
    }

    private static RunContext After(string answer, string message, string before = "Can I send it back?") => new(
        "c-1", new Interaction("m-2", ChannelNames.Chat, "visitor-1", message, Now), 3, "customer",
        [new TranscriptLine(1, Author.Customer, before, Now), new TranscriptLine(2, Author.Assistant, answer, Now)], null, null, null, 0);
}
