using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Orleans.Tests;

public sealed class SiloDoorTests
{
    private static readonly Turns.GrainId Id = Grain.Conversation("c-1");
    private static readonly Command Change = new Close("ana");
    private static readonly Command Look = new GetConversation();

    private int backlog;

    [Fact]
    public void TooMuchWork_RefusesCommands_ButNoQueries()
    {
        var door = new SiloDoor(new OrleansOptions { MaxWorkBacklog = 10 }, () => backlog);
        door.Enter(Id, Change, waiting: 0);
        backlog = 10;

        Assert.Contains("work", Assert.Throws<HostBusyException>(() => door.Enter(Id, Change, waiting: 0)).Message, StringComparison.Ordinal);
        door.Enter(Id, Look, waiting: 0);
    }

    [Fact]
    public void TooManyWaitingForOneGrain_IsToldWithTheGrain() =>
        Assert.Contains("c-1", Assert.Throws<HostBusyException>(() => new SiloDoor(new OrleansOptions { MaxWaitingCommands = 2 }, () => 0).Enter(Id, Change, waiting: 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void WhoLeaves_MakesRoom_AndWhoWasRefusedTakesNone()
    {
        var door = new SiloDoor(new OrleansOptions { MaxAsks = 1 }, () => 0);
        door.Enter(Id, Change, waiting: 0);
        Assert.Throws<HostBusyException>(() => door.Enter(Id, Change, waiting: 0));

        door.Leave();

        door.Enter(Id, Change, waiting: 0);
    }
}
