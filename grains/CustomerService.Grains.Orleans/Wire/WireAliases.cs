namespace CustomerService.Grains.Orleans.Wire;

/// <summary>The names of grains, methods and messages between silos of different versions: never change or reuse one.</summary>
internal static class WireAliases
{
    public const string Command = "customerservice.command";
    public const string Answer = "customerservice.answer";
    public const string Outcome = "customerservice.outcome";
    public const string ParkedRetry = "customerservice.parked_retry";
    public const string RetryResult = "customerservice.parked_retry_result";
    public const string Followed = "customerservice.followed";
    public const string Entries = "customerservice.journal_entries";
    public const string Entry = "customerservice.journal_entry";
    public const string FleetingHint = "customerservice.hint";
    public const string Roster = "customerservice.roster";
    public const string Member = "customerservice.roster_member";
    public const string SiloFigures = "customerservice.silo_figures";

    public const string TurnGrain = "customerservice.turn_grain";
    public const string Ask = "ask";
    public const string Query = "query";
    public const string Resume = "resume";
    public const string Follow = "follow";
    public const string Unfollow = "unfollow";
    public const string Hint = "hint";
    public const string RetryParked = "retry_parked";

    public const string JournalObserver = "customerservice.journal_observer";
    public const string OnEntries = "on_entries";
    public const string OnHint = "on_hint";
    public const string OnMoved = "on_moved";

    public const string RosterGrain = "customerservice.roster_grain";
    public const string SiloFiguresGrain = "customerservice.silo_figures_grain";
    public const string Look = "look";

    public const string AddressGrain = "customerservice.address_grain";
    public const string AgentGrain = "customerservice.agent_grain";
    public const string AuditGrain = "customerservice.audit_grain";
    public const string BudgetGrain = "customerservice.budget_grain";
    public const string DeliveryGrain = "customerservice.delivery_grain";
    public const string ConversationGrain = "customerservice.conversation_grain";
    public const string AlertsGrain = "customerservice.alerts_grain";
    public const string CustomerGrain = "customerservice.customer_grain";
    public const string PersonalGrain = "customerservice.personal_grain";
    public const string QueueGrain = "customerservice.queue_grain";
    public const string RetentionGrain = "customerservice.retention_grain";
    public const string ReviewsGrain = "customerservice.reviews_grain";
    public const string StaffGrain = "customerservice.staff_grain";
    public const string ThreadGrain = "customerservice.thread_grain";
    public const string TicketGrain = "customerservice.ticket_grain";
}
