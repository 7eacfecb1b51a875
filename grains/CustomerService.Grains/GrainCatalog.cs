using System.Collections.Immutable;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains;

/// <summary>Every kind of grain there is. A host is given this list and knows no kind by itself.</summary>
public static class GrainCatalog
{
    public static ImmutableArray<GrainKind> All { get; } =
    [
        GrainKind.Of<ConversationBehaviour, ConversationState>(),
        GrainKind.Of<CustomerBehaviour, CustomerState>(),
        GrainKind.Of<AddressBehaviour, AddressState>(),
        GrainKind.OfIndexed<QueueBehaviour, QueueState>(),
        GrainKind.Of<AgentBehaviour, AgentState>(),
        GrainKind.Of<TicketBehaviour, TicketState>(),
        GrainKind.Of<BudgetBehaviour, BudgetState>(),
        GrainKind.Of<DeliveryBehaviour, DeliveryState>(),
        GrainKind.Of<MailThreadBehaviour, MailThreadState>(),
        GrainKind.OfIndexed<StaffBehaviour, StaffState>(),
        GrainKind.Of<AuditBehaviour, AuditState>(),
        GrainKind.OfIndexed<PersonalBehaviour, PersonalState>(),
        GrainKind.Of<ReviewBehaviour, ReviewState>(),
        GrainKind.Of<AlertsBehaviour, AlertsState>(),
        GrainKind.Of<RetentionBehaviour, RetentionState>(),
    ];

    /// <summary>The kind of that name.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static GrainKind Find(string name)
    {
        foreach (var kind in All)
        {
            if (kind.Name == name)
                return kind;
        }

        throw new ArgumentException(
            $"There is no kind of grain called '{name}'. The kinds are: {string.Join(", ", All.Select(kind => kind.Name))}.", nameof(name));
    }
}
