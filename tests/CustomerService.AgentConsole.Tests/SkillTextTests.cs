using CustomerService.AgentConsole.People;

namespace CustomerService.AgentConsole.Tests;

public sealed class SkillTextTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var (skills, levels) = SkillText.Read("billing:3, spanish , a:b:2, ,billing:4");

        Assert.Equal<string>(["billing", "spanish", "a:b"], skills);
        Assert.Equal((4, 5, 2), (levels["billing"], levels["spanish"], levels["a:b"]));
        Assert.Equal("billing:4, spanish:5, a:b:2", SkillText.Write(skills, levels));
    }

    [Fact]
    public void Nothing_is_no_skill() => Assert.Empty(SkillText.Read(" , ").Skills);
}
