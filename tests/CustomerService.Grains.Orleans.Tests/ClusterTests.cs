using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;
using static CustomerService.Grains.Orleans.Tests.Answerer;

namespace CustomerService.Grains.Orleans.Tests;

[Collection(nameof(ClusterTests))]
public sealed class ClusterTests(ClusterFixture fixture)
{
    private readonly TestCluster cluster = fixture.Cluster;

    [RequiresFact("postgresql")]
    public async Task A_message_is_accepted_and_stored()
    {
        var id = Grain.Conversation("accepted");

        var accepted = await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));

        Assert.Equal(new MessageAccepted(1, Duplicate: false), accepted);
        var stored = await cluster.Store.LoadAsync(id, withEntries: false);
        Assert.NotNull(stored);
        Assert.Equal("m-1", (await EventsOf<MessageReceived>(id)).Single().Interaction.Id);
    }

    [RequiresFact("postgresql")]
    public async Task An_id_from_outside_that_looks_like_another_grains_tell_keeps_none_of_its_tells_away()
    {
        var id = Grain.Conversation("forged");
        await cluster.Door.AskAsync(id, new ReceiveMessage(Message("m-1")) { Id = "agent/bob@99.0" });

        Assert.IsType<MessageAccepted>(await cluster.Inside.AskAsync(id, new ReceiveMessage(Message("m-2")) { Id = "agent/bob@1.0" }));
    }

    [RequiresFact("postgresql")]
    public async Task A_message_sent_twice_gets_the_first_outcome_and_is_stored_once()
    {
        var id = Grain.Conversation("twice");

        var first = await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-2")));
        var again = await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));

        Assert.Equal(first with { Duplicate = true }, again);
        Assert.Equal(["m-1", "m-2"], (await EventsOf<MessageReceived>(id)).Select(message => message.Interaction.Id));
    }

    [RequiresFact("postgresql")]
    public async Task The_state_survives_that_the_grain_leaves_memory()
    {
        var id = Grain.Conversation("idle");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await cluster.EventAsync<MessageSent>(id);
        var before = await cluster.AskAsync<ConversationView>(id, new GetConversation());
        Assert.NotNull(cluster.SiloOf(id));

        await cluster.Cluster.DeactivateAsync(cluster.Cluster.Client.TurnGrainOf(id));
        Assert.Null(cluster.SiloOf(id));
        var after = await cluster.AskAsync<ConversationView>(id, new GetConversation());

        Assert.Equal(2, after.LastSequence);
        Assert.Equal(before, after);
        Assert.Equal(
            new MessageAccepted(1, Duplicate: true), await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1"))));
    }

    [RequiresFact("postgresql")]
    public async Task A_grain_goes_on_in_another_silo_when_its_own_stops()
    {
        var id = Grain.Conversation("moves");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await cluster.EventAsync<MessageSent>(id);
        var home = cluster.SiloOf(id);
        await cluster.StartSiloAsync();

        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(home)));
        var accepted = await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-2")));

        Assert.Equal(new MessageAccepted(3, Duplicate: false), accepted);
        Assert.NotEqual(home, cluster.SiloOf(id));
    }

    [RequiresFact("postgresql")]
    public async Task A_stale_activation_loses_at_the_version_check_and_reloads()
    {
        var id = Grain.Conversation("stale");
        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));
        await cluster.EventAsync<MessageSent>(id);

        // A second activation of the same grain, as after a lost directory, commits behind the first one's back.
        Assert.Equal([new MessageAccepted(3, Duplicate: false)], await OtherHost.CommitAsync(fixture.Database, id, new ReceiveMessage(Message("m-2"))));

        Assert.Equal(
            new MessageAccepted(3, Duplicate: true), await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-2"))));
        var next = await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-3")));
        Assert.False(next.Duplicate);
        Assert.Equal(["m-1", "m-2", "m-3"], (await EventsOf<MessageReceived>(id)).Select(message => message.Interaction.Id));
    }

    [RequiresFact("postgresql")]
    public async Task Work_is_done_and_its_result_reaches_the_grain()
    {
        var id = Grain.Conversation("answered");

        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1")));

        Assert.Equal("About m-1.", (await cluster.EventAsync<MessageSent>(id)).Text);
    }

    [RequiresFact("postgresql")]
    public async Task A_conversation_tells_its_queue_across_the_cluster()
    {
        var id = Grain.Conversation("handed-over");

        await cluster.AskAsync<MessageAccepted>(id, new ReceiveMessage(Message("m-1", NeedsPerson)));

        Assert.Equal(id.Key, (await cluster.EventAsync<ConversationEnqueued>(Grain.Queue("billing"))).ConversationId);
        var position = await cluster.AskAsync<QueuePosition>(Grain.Queue("billing"), new GetPosition(id.Key));
        Assert.Equal(1, position.Position);
    }

    [RequiresFact("postgresql")]
    public async Task A_command_that_a_grain_cannot_handle_is_parked_and_its_sender_told_so()
    {
        var id = Grain.Conversation("broken");
        var commit = new GrainCommit(id, 0, 1, "not a state"u8.ToArray(), 0, Message("m").ReceivedAt, [], [], [], []);
        Assert.True((await cluster.Store.CommitAsync(commit)).IsCommitted);

        var fault = await Assert.ThrowsAsync<CommandParkedException>(async () => await cluster.Door.AskAsync(id, new GetConversation()));

        Assert.NotNull(await cluster.Store.FindParkedAsync(fault.ParkedId));
    }

    [RequiresFact("postgresql")]
    public async Task A_key_that_no_grain_can_have_is_refused()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(async () => await cluster.Door.AskAsync(Grain.Conversation(new string('k', 300)), new GetConversation()));
        Assert.Contains("256", fault.Message, StringComparison.Ordinal);

        await Assert.ThrowsAsync<ArgumentException>(async () => await cluster.Door.AskAsync(new Turns.GrainId("invoice", "1"), new GetConversation()));
    }

    private async Task<IReadOnlyList<TEvent>> EventsOf<TEvent>(Turns.GrainId grain)
        where TEvent : JournalEvent
    {
        var stored = await cluster.Store.ReadJournalAsync(grain, 0, int.MaxValue);
        return [.. stored.Select(line => GrainFormat.Default.ReadEvent(line.Body)).OfType<TEvent>()];
    }
}
