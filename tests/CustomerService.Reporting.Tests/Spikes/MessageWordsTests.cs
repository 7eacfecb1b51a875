using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Tests.Spikes;

public sealed class MessageWordsTests
{
    [Theory]
    [InlineData("My card was DECLINED, declined!", "card declined")]
    [InlineData("order #W1234567 to ada@example.com, call 555-0199", "order call")]
    [InlineData("La página está caída", "página está caída")]
    [InlineData("決済エラーが出ます", "決済 エラー")]
    [InlineData("", "")]
    public void Words_that_may_name_a_problem_are_kept(string text, string words) =>
        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), MessageWords.Of(text));
}
