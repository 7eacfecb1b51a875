using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

public sealed class FaultsTests
{
    public static TheoryData<Fault> FaultsOfACommit { get; } =
    [
        Fault.CrashAfterLoad, Fault.CrashAfterHandle, Fault.CrashInLostCommit, Fault.CrashInWrittenCommit, Fault.CrashAfterCommit, Fault.GroupRolledBack,
        Fault.GroupUnacknowledged,
    ];

    [Theory]
    [MemberData(nameof(FaultsOfACommit))]
    public void FaultOfACommit_IsToldTheCaller_AndTheSameAgainIsAcceptedOnce(Fault fault)
    {
        var (host, faults) = HostWith(fault);
        Assert.Throws<StoreUnavailableException>(() => host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1")));
        faults.AreOver = true;
        host.RunFor(TimeSpan.FromMinutes(1));

        var written = fault is Fault.CrashInWrittenCommit or Fault.CrashAfterCommit or Fault.GroupUnacknowledged;
        var again = Assert.IsType<MessageAccepted>(host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1")));
        Assert.Equal((1, written), (again.Sequence, again.Duplicate));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));
        Assert.Equal(ConversationStatus.Queued, host.StateOf<ConversationState>(Grain.Conversation("c-1")).Status);
        Assert.Equal(1, faults.Counts.Single(each => each.Fault == fault).Count);
    }

    [Theory]
    [InlineData(Fault.CrashAfterReply)]
    [InlineData(Fault.CrashBeforeTick)]
    public void CrashBeforeAnEffectIsTickedOff_HasItCarriedOutAgain(Fault fault)
    {
        var (host, faults) = HostWith(fault);
        faults.Happened = (_, _) => faults.AreOver = true;
        Assert.Equal(fault == Fault.CrashAfterReply, Xunit.Record.Exception(() => host.Ask(Grain.Conversation("c-1"), Examples.Message("c-1"))) is StoreUnavailableException);
        host.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(ConversationStatus.Queued, host.StateOf<ConversationState>(Grain.Conversation("c-1")).Status);
        Assert.True(host.IsUp);
    }

    private static (SimulatedHost Host, Faults Faults) HostWith(Fault fault)
    {
        var faults = new Faults(new Dice(3), new Dictionary<Fault, double> { [fault] = 1 });
        return (new SimulatedHost(new SimulationSettings { Faults = faults, Performers = _ => [new Examples.HandingOver()] }), faults);
    }
}
