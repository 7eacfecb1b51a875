using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Placement;

namespace CustomerService.Grains.Orleans;

// One grain for each kind, so that the placement and the version of each are its own. What a kind does is in Grains.

[Alias(WireAliases.AddressGrain)]
public interface IAddressGrain : ITurnGrain;

// Asked once or twice in its life, by one caller: it lives where that caller's call came in, which spares a hop.
[PreferLocalPlacement]
internal sealed class AddressGrain(SiloTurns turns) : TurnGrain(GrainKinds.Address, turns), IAddressGrain;

[Alias(WireAliases.AgentGrain)]
public interface IAgentGrain : ITurnGrain;

// Everybody signs in at nine: load figures lag behind such a burst and would send all of it to the silo that was idle a moment ago. Agents are alike and cost
// little, so chance spreads them well.
[RandomPlacement]
internal sealed class AgentGrain(SiloTurns turns) : TurnGrain(GrainKinds.Agent, turns), IAgentGrain;

[Alias(WireAliases.AuditGrain)]
public interface IAuditGrain : ITurnGrain;

// One for all, asked by every process that serves staff: no silo is nearer than another.
[RandomPlacement]
internal sealed class AuditGrain(SiloTurns turns) : TurnGrain(GrainKinds.Audit, turns), IAuditGrain;

[Alias(WireAliases.BudgetGrain)]
public interface IBudgetGrain : ITurnGrain;

// One a day, asked a few times an hour by each silo: whoever asks first may have it.
[PreferLocalPlacement]
internal sealed class BudgetGrain(SiloTurns turns) : TurnGrain(GrainKinds.Budget, turns), IBudgetGrain;

[Alias(WireAliases.ConversationGrain)]
public interface IConversationGrain : ITurnGrain;

// The many, and where the processor's time goes: a conversation's pipeline runs are done in its silo. So it goes to the silo with most room.
[ResourceOptimizedPlacement]
internal sealed class ConversationGrain(SiloTurns turns) : TurnGrain(GrainKinds.Conversation, turns), IConversationGrain;

[Alias(WireAliases.CustomerGrain)]
public interface ICustomerGrain : ITurnGrain;

// As many as conversations, and told by several of them: no silo is nearer than another, so the one with most room.
[ResourceOptimizedPlacement]
internal sealed class CustomerGrain(SiloTurns turns) : TurnGrain(GrainKinds.Customer, turns), ICustomerGrain;

[Alias(WireAliases.DeliveryGrain)]
public interface IDeliveryGrain : ITurnGrain;

// Told by its conversation, which asks for its sending: it lives in the silo that brings the tell, which is the conversation's.
[PreferLocalPlacement]
internal sealed class DeliveryGrain(SiloTurns turns) : TurnGrain(GrainKinds.Delivery, turns), IDeliveryGrain;

[Alias(WireAliases.PersonalGrain)]
public interface IPersonalGrain : ITurnGrain;

// Asked by the process at whose pages the person works, where that has grains: it lives there.
[PreferLocalPlacement]
internal sealed class PersonalGrain(SiloTurns turns) : TurnGrain(GrainKinds.Personal, turns), IPersonalGrain;

[Alias(WireAliases.QueueGrain)]
public interface IQueueGrain : ITurnGrain;

// Few, busy and in memory for days: two busy ones are best apart, and room is what tells a silo with a busy queue from one without. Chance, with few draws, would not part them.
[ResourceOptimizedPlacement]
internal sealed class QueueGrain(SiloTurns turns) : TurnGrain(GrainKinds.Queue, turns), IQueueGrain;

[Alias(WireAliases.AlertsGrain)]
public interface IAlertsGrain : ITurnGrain;

// Fed by the one process that watches the figures: it lives there, if it can.
[PreferLocalPlacement]
internal sealed class AlertsGrain(SiloTurns turns) : TurnGrain(GrainKinds.Alerts, turns), IAlertsGrain;

[Alias(WireAliases.RetentionGrain)]
public interface IRetentionGrain : ITurnGrain;

// Fed by the one process that erases: it lives there, if it can.
[PreferLocalPlacement]
internal sealed class RetentionGrain(SiloTurns turns) : TurnGrain(GrainKinds.Retention, turns), IRetentionGrain;

[Alias(WireAliases.ReviewsGrain)]
public interface IReviewsGrain : ITurnGrain;

// Asked a few times in its life, by the process at whose pages people review: it lives there, if it can.
[PreferLocalPlacement]
internal sealed class ReviewsGrain(SiloTurns turns) : TurnGrain(GrainKinds.Reviews, turns), IReviewsGrain;

[Alias(WireAliases.StaffGrain)]
public interface IStaffGrain : ITurnGrain;

// One for all, asked by every process that serves staff: no silo is nearer than another.
[RandomPlacement]
internal sealed class StaffGrain(SiloTurns turns) : TurnGrain(GrainKinds.Staff, turns), IStaffGrain;

[Alias(WireAliases.ThreadGrain)]
public interface IThreadGrain : ITurnGrain;

// Asked twice in its life, by whoever reads a mailbox: it lives there.
[PreferLocalPlacement]
internal sealed class ThreadGrain(SiloTurns turns) : TurnGrain(GrainKinds.MailThread, turns), IThreadGrain;

[Alias(WireAliases.TicketGrain)]
public interface ITicketGrain : ITurnGrain;

// Told by its conversation and by nobody else: it lives in the silo that brings the tell, which is the conversation's.
[PreferLocalPlacement]
internal sealed class TicketGrain(SiloTurns turns) : TurnGrain(GrainKinds.Ticket, turns), ITicketGrain;
