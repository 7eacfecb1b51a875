using System.Reflection;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;

namespace CustomerService.Grains.Orleans.Tests;

public sealed class WireTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void A_command_arrives_as_it_was_sent()
    {
        var sent = new ReceiveMessage(Answerer.Message("m-1", "Grüße {{ x }} 😀")) { Id = "c-1" };

        var arrived = Assert.IsType<ReceiveMessage>(OverTheWire(WireCommand.Of(sent)).ToCommand());

        Assert.Equal(sent.Id, arrived.Id);
        Assert.Equal(sent.Interaction.Content, arrived.Interaction.Content);
    }

    [Fact]
    public void A_reply_arrives_as_it_was_sent() =>
        Assert.Equal(new MessageAccepted(7, Duplicate: true), OverTheWire(WireAnswer.Of(new MessageAccepted(7, Duplicate: true))).ToReply());

    [Fact]
    public void A_busy_host_arrives_with_its_pause()
    {
        var fault = Assert.Throws<HostBusyException>(() => OverTheWire(WireAnswer.Of(new HostBusyException("full", TimeSpan.FromSeconds(3)))!).ToReply());

        Assert.Equal(("full", TimeSpan.FromSeconds(3)), (fault.Message, fault.RetryAfter));
    }

    [Fact]
    public void A_parked_command_arrives_with_its_key()
    {
        var fault = Assert.Throws<CommandParkedException>(() => OverTheWire(WireAnswer.Of(new CommandParkedException("p-1", "broken"))!).ToReply());

        Assert.Equal(("broken", "p-1"), (fault.Message, fault.ParkedId));
    }

    [Fact]
    public void An_unavailable_store_arrives_as_such() =>
        Assert.Equal("full disk", Assert.Throws<StoreUnavailableException>(() => OverTheWire(WireAnswer.Of(new StoreUnavailableException("full disk"))!).ToReply()).Message);

    [Fact]
    public void A_fault_that_nobody_promised_is_no_answer() => Assert.Null(WireAnswer.Of(new InvalidOperationException()));

    [Fact]
    public void An_outcome_of_a_newer_program_is_told() =>
        Assert.Contains("99", Assert.Throws<System.Text.Json.JsonException>(() => new WireAnswer { Outcome = (WireOutcome)99 }.ToReply()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_contract_on_the_wire_is_that_of_every_version()
    {
        // Silos of two versions speak to each other while a cluster is upgraded: add lines, never change or remove one.
        string[] contract =
        [
            "ClusterRoster customerservice.roster",
            "ClusterRoster.Members 0: ImmutableArray<RosterMember>",
            "IAddressGrain customerservice.address_grain",
            "IAlertsGrain customerservice.alerts_grain",
            "IRetentionGrain customerservice.retention_grain",
            "IBudgetGrain customerservice.budget_grain",
            "IAgentGrain customerservice.agent_grain",
            "IAuditGrain customerservice.audit_grain",
            "IConversationGrain customerservice.conversation_grain",
            "ICustomerGrain customerservice.customer_grain",
            "IDeliveryGrain customerservice.delivery_grain",
            "IJournalObserver customerservice.journal_observer",
            "IJournalObserver.OnEntries on_entries: (WireEntries) Void",
            "IJournalObserver.OnHint on_hint: (WireHint) Void",
            "IJournalObserver.OnMoved on_moved: (String) Void",
            "IPersonalGrain customerservice.personal_grain",
            "IQueueGrain customerservice.queue_grain",
            "IReviewsGrain customerservice.reviews_grain",
            "IRosterGrain customerservice.roster_grain",
            "IRosterGrain.Look look: () Task<ClusterRoster>",
            "ISiloFiguresGrain customerservice.silo_figures_grain",
            "ISiloFiguresGrain.Look look: () Task<SiloFigures>",
            "IStaffGrain customerservice.staff_grain",
            "IThreadGrain customerservice.thread_grain",
            "ITicketGrain customerservice.ticket_grain",
            "ITurnGrain customerservice.turn_grain",
            "ITurnGrain.Ask ask: (WireCommand) Task<WireAnswer>, interleaves",
            "ITurnGrain.Follow follow: (IJournalObserver) Task<WireFollowed>, interleaves",
            "ITurnGrain.Hint hint: (WireHint) Task, interleaves, one way",
            "ITurnGrain.Query query: (WireCommand) Task<WireAnswer>, interleaves",
            "ITurnGrain.Resume resume: () Task, interleaves",
            "ITurnGrain.RetryParked retry_parked: (String) Task<WireParkedRetry>, interleaves",
            "ITurnGrain.Unfollow unfollow: (IJournalObserver) Task, interleaves, one way",
            "RosterMember customerservice.roster_member",
            "RosterMember.Name 1: String",
            "RosterMember.Silo 0: String",
            "RosterMember.Status 2: String",
            "SiloFigures customerservice.silo_figures",
            "SiloFigures.Activations 1: ImmutableSortedDictionary<String, Int32>",
            "SiloFigures.CallsPerSecond 2: Double",
            "SiloFigures.CpuPercent 9: Double",
            "SiloFigures.MemoryMegabytes 10: Double",
            "SiloFigures.P50Milliseconds 3: Double",
            "SiloFigures.P99Milliseconds 4: Double",
            "SiloFigures.PendingTells 7: Int32",
            "SiloFigures.Report 11: String",
            "SiloFigures.Since 0: DateTimeOffset",
            "SiloFigures.VersionConflicts 8: Int64",
            "SiloFigures.WorkBacklog 6: Int32",
            "SiloFigures.WorkRunning 5: Int32",
            "WireAnswer customerservice.answer",
            "WireAnswer.Json 1: ReadOnlyMemory<Byte>",
            "WireAnswer.Message 2: String",
            "WireAnswer.Outcome 0: WireOutcome",
            "WireAnswer.ParkedId 3: String",
            "WireAnswer.RetryAfter 4: TimeSpan",
            "WireCommand customerservice.command",
            "WireCommand.Json 0: ReadOnlyMemory<Byte>",
            "WireCommand.Outside 1: Boolean",
            "WireEntries customerservice.journal_entries",
            "WireEntries.Entries 1: ImmutableArray<WireEntry>",
            "WireEntries.Grain 0: String",
            "WireEntry customerservice.journal_entry",
            "WireEntry.At 2: DateTimeOffset",
            "WireEntry.Json 3: ReadOnlyMemory<Byte>",
            "WireEntry.Position 0: Int64",
            "WireEntry.Sequence 1: Int64",
            "WireFollowed customerservice.followed",
            "WireFollowed.LastSequence 0: Int64",
            "WireFollowed.Silo 1: String",
            "WireHint customerservice.hint",
            "WireHint.Grain 0: String",
            "WireHint.Hint 1: String",
            "WireOutcome customerservice.outcome",
            "WireOutcome.Busy 1",
            "WireOutcome.Parked 2",
            "WireOutcome.Replied 0",
            "WireOutcome.StoreUnavailable 3",
            "WireParkedRetry customerservice.parked_retry",
            "WireParkedRetry.Message 1: String",
            "WireParkedRetry.Result 0: WireRetryResult",
            "WireRetryResult customerservice.parked_retry_result",
            "WireRetryResult.NotFound 2",
            "WireRetryResult.StillFails 1",
            "WireRetryResult.Succeeded 0",
        ];

        Assert.Equal(contract.Order(StringComparer.Ordinal), WireContract.Lines().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_grain_lives_in_Orleans()
    {
        var kinds = typeof(TurnGrain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TurnGrain))).Select(type => type.Name.Replace("Grain", "", StringComparison.Ordinal).ToLowerInvariant());

        Assert.Equal(GrainCatalog.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    private static T OverTheWire<T>(T message) => Serializer.Deserialize<T>(Serializer.SerializeToArray(message))!;
}
