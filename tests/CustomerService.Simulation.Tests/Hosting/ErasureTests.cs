using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Tests.Hosting;

/// <summary>A conversation is erased while everything goes wrong that can: it is erased whole, once, and its customer may come again.</summary>
public sealed class ErasureTests
{
    private const string Visitor = "visitor of c-1";

    private static readonly GrainId Conversation = Grain.Conversation("c-1");
    private static readonly GrainId Address = Grain.Address(ChannelNames.Chat, Visitor);
    private static readonly GrainId Customer = Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, Visitor));

    public static TheoryData<Fault> FaultsOfAHost { get; } =
    [
        Fault.CrashAfterLoad, Fault.CrashAfterHandle, Fault.CrashInLostCommit, Fault.CrashInWrittenCommit, Fault.CrashAfterCommit, Fault.CrashAfterReply, Fault.CrashBeforeTick,
        Fault.GroupRolledBack, Fault.GroupUnacknowledged, Fault.TellDelayed, Fault.TellRepeated, Fault.WorkFailed, Fault.WorkHung, Fault.WorkRepeated,
    ];

    [Theory]
    [MemberData(nameof(FaultsOfAHost))]
    public async Task WhateverGoesWrong_ItIsErasedWhole_AndOnce(Fault fault)
    {
        var struck = 0L;
        for (var seed = 1; seed <= 10; seed++)
        {
            var faults = new Faults(new Dice((uint)seed), new Dictionary<Fault, double> { [fault] = 0.3 }) { AreOver = true };
            var host = new SimulatedHost(new SimulationSettings { Faults = faults, Performers = host => [new HandingOver(), new Clearing(host)] });
            var before = await SettledAsync(host);

            faults.AreOver = false;
            Insist(host, Conversation, new EraseConversation(host.Now, "rule", [], []) { Id = "e-1" });
            host.RunFor(TimeSpan.FromMinutes(10));
            faults.AreOver = true;
            host.RunFor(TimeSpan.FromHours(2)); // what failed for good is tried again after an hour

            var journal = await host.Journal.ReadAsync(Conversation, 0, 100);
            Assert.Equal(before.Select(entry => (entry.Position, entry.Sequence, entry.At)), journal.SkipLast(1).Select(entry => (entry.Position, entry.Sequence, entry.At)));
            Assert.All(journal.SkipLast(1), entry => Assert.IsType<Emptied>(entry.Event));
            Assert.IsType<ConversationErased>(journal[^1].Event);
            Assert.Empty(host.StateOf<CustomerState>(Customer).Recent);
            Assert.DoesNotContain(Address, host.Grains);
            Assert.Empty(await host.Journal.ReadAsync(Address, 0, 10));
            Assert.Single(await host.Journal.ReadAsync(ErasedEvents.Grain, 0, 10));
            var spoken = before.Select(entry => entry.Event).OfType<MessageSent>().Max(sent => sent.MessageSequence);
            Assert.Equal(new MessageAccepted(spoken + 1, Duplicate: false), host.Ask(Conversation, Examples.Message("c-1")));
            struck += faults.Counts.Single(each => each.Fault == fault).Count;
        }

        Assert.True(struck > 0, $"{fault} never struck.");
    }

    private static async Task<IReadOnlyList<JournalEntry>> SettledAsync(SimulatedHost host)
    {
        Examples.AgentComes(host, "ada");
        host.Ask(Address, new LinkAddress("cust-3"));
        host.Ask(Conversation, Examples.Message("c-1"));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));
        host.Ask(Grain.Agent("ada"), new AcceptOffer(Assert.Single(host.StateOf<AgentState>(Grain.Agent("ada")).Offers).OfferId));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));
        Assert.Equal(Reply.Done, host.Ask(Conversation, new Resolve("ada")));
        Assert.True(host.RunToRest(TimeSpan.FromMinutes(1)));
        Assert.NotEmpty(host.StateOf<CustomerState>(Customer).Recent);
        return await host.Journal.ReadAsync(Conversation, 0, 100);
    }

    private static void Insist(SimulatedHost host, GrainId grain, Command command)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            try
            {
                Assert.Equal(Reply.Done, host.Ask(grain, command));
                return;
            }
            catch (StoreUnavailableException)
            {
                host.RunFor(TimeSpan.FromSeconds(5));
            }
        }

        Assert.Fail($"{grain} never answered.");
    }

    /// <summary>Hands over after a second, and logs what the customer wrote.</summary>
    private sealed class HandingOver : ISimulatedPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public SimulatedWork Perform(GrainId origin, Work work) => new(
            TimeSpan.FromSeconds(1),
            () => new CompleteRun(((RunPipeline)work).MessageId, Examples.HandedOff with { Log = new InteractionLog("T-1", "A refund", "open", "", ImmutableDictionary<string, string>.Empty) }));
    }

    private sealed class Clearing(SimulatedHost host) : ISimulatedPerformer
    {
        public Type Handles => typeof(ClearAway);

        public SimulatedWork Perform(GrainId origin, Work work) => new(TimeSpan.FromSeconds(1), () =>
        {
            var clear = (ClearAway)work;
            host.Ask(Grain.Address(clear.Channel, clear.Address), new ForgetAddress());
            return null;
        });
    }
}
