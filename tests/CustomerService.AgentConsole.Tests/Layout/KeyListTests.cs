using CustomerService.AgentConsole.Layout;

namespace CustomerService.AgentConsole.Tests.Layout;

public sealed class KeyListTests
{
    [Fact]
    public void PagesHearOfTheKeysOnTheSheet_AndOfNoOther()
    {
        var heard = new List<string>();
        var shortcuts = new Shortcuts();
        shortcuts.Pressed += heard.Add;

        foreach (var key in new[] { "j", "?", "Q", "@", "a" })
            shortcuts.Press(key);

        Assert.Equal(["j", "?", "a"], heard);
    }

    [Fact]
    public void NoKeyDoesTwoThings() => Assert.Empty(KeyList.All.SelectMany(use => use.Keys).GroupBy(key => key).Where(uses => uses.Count() > 1).Select(uses => uses.Key));
}
