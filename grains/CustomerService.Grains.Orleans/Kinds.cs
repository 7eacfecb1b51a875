using CustomerService.Grains.Orleans.Wire;
using Orleans;

namespace CustomerService.Grains.Orleans;

// One grain for each kind, so that the placement and the version of each are its own. What a kind does is in Grains.

[Alias(WireAliases.AddressGrain)]
public interface IAddressGrain : ITurnGrain;

internal sealed class AddressGrain(SiloTurns turns) : TurnGrain(GrainKinds.Address, turns), IAddressGrain;

[Alias(WireAliases.AgentGrain)]
public interface IAgentGrain : ITurnGrain;

internal sealed class AgentGrain(SiloTurns turns) : TurnGrain(GrainKinds.Agent, turns), IAgentGrain;

[Alias(WireAliases.ConversationGrain)]
public interface IConversationGrain : ITurnGrain;

internal sealed class ConversationGrain(SiloTurns turns) : TurnGrain(GrainKinds.Conversation, turns), IConversationGrain;

[Alias(WireAliases.CustomerGrain)]
public interface ICustomerGrain : ITurnGrain;

internal sealed class CustomerGrain(SiloTurns turns) : TurnGrain(GrainKinds.Customer, turns), ICustomerGrain;

[Alias(WireAliases.QueueGrain)]
public interface IQueueGrain : ITurnGrain;

internal sealed class QueueGrain(SiloTurns turns) : TurnGrain(GrainKinds.Queue, turns), IQueueGrain;

[Alias(WireAliases.TicketGrain)]
public interface ITicketGrain : ITurnGrain;

internal sealed class TicketGrain(SiloTurns turns) : TurnGrain(GrainKinds.Ticket, turns), ITicketGrain;
