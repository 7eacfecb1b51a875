using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;

namespace CustomerService.Runtime.Tests.Journal;

public sealed class InProcessHintsTests
{
    private static readonly GrainId A = new("conversation", "a");
    private static readonly GrainId B = new("conversation", "b");

    private readonly InProcessHints hints = new();
    private readonly List<string> heard = [];

    [Fact]
    public void Hint_ReachesEveryListenerOfItsGrain()
    {
        using var first = hints.Listen(A, hint => heard.Add($"first {hint}"));
        using var second = hints.Listen(A, hint => heard.Add($"second {hint}"));
        using var other = hints.Listen(B, hint => heard.Add($"other {hint}"));

        hints.Send(A, "typing:agent");

        Assert.Equal(["first typing:agent", "second typing:agent"], heard);
    }

    [Fact]
    public void Hint_ThatNobodyListensTo_IsGone()
    {
        hints.Send(A, "typing:agent");
        using var late = hints.Listen(A, heard.Add);

        Assert.Empty(heard);
    }

    [Fact]
    public void DisposedListener_HearsNothingMore_AndTheOthersGoOn()
    {
        using var stays = hints.Listen(A, hint => heard.Add($"stays {hint}"));
        var leaves = hints.Listen(A, hint => heard.Add($"leaves {hint}"));
        leaves.Dispose();
        leaves.Dispose();

        hints.Send(A, "typing:agent");

        Assert.Equal(["stays typing:agent"], heard);
    }

    [Fact]
    public void SameCallbackTwice_IsTwoListeners()
    {
        Action<string> callback = heard.Add;
        using var first = hints.Listen(A, callback);
        hints.Listen(A, callback).Dispose();

        hints.Send(A, "typing:agent");

        Assert.Single(heard);
    }

    [Fact]
    public async Task ListenersThatComeAndGoAtTheSameTime_LeaveNobodyDeaf()
    {
        using var stays = hints.Listen(A, heard.Add);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 1_000; round++)
                hints.Listen(A, _ => { }).Dispose();
        })));

        hints.Send(A, "typing:agent");

        Assert.Single(heard);
    }
}
