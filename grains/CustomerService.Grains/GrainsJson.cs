using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains;

/// <summary>How everything that grains store or send is written: JSON, generated at build, names in camelCase, nulls left out.</summary>
/// <remarks>
/// A member that stored JSON lacks is read as null or zero, not as its initializer's value: generated code sets every init-only
/// member. So a new member of a state needs an upgrade step, and a new member of a command or event must mean nothing when it is null or zero.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(JournalEvent))]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(AddressState))]
[JsonSerializable(typeof(TicketState))]
[JsonSerializable(typeof(QueueState))]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(DeliveryState))]
[JsonSerializable(typeof(MailThreadState))]
[JsonSerializable(typeof(WaitingConversation))]
[JsonSerializable(typeof(FloorAgent))]
[JsonSerializable(typeof(QueuePolicy))]
[JsonSerializable(typeof(StaffState))]
[JsonSerializable(typeof(StaffPerson))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(AuditState))]
[JsonSerializable(typeof(PersonalState))]
[JsonSerializable(typeof(KeptDraft))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(ReviewState))]
[JsonSerializable(typeof(AlertsState))]
[JsonSerializable(typeof(RetentionState))]
public sealed partial class GrainsJson : JsonSerializerContext;
