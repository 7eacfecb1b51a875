namespace CustomerService.Grains.Orleans.Wire;

/// <summary>The names of grains, methods and messages between silos of different versions: never change or reuse one.</summary>
internal static class WireAliases
{
    public const string Command = "customerservice.command";
    public const string Answer = "customerservice.answer";
    public const string Outcome = "customerservice.outcome";

    public const string TurnGrain = "customerservice.turn_grain";
    public const string Ask = "ask";

    public const string AddressGrain = "customerservice.address_grain";
    public const string AgentGrain = "customerservice.agent_grain";
    public const string ConversationGrain = "customerservice.conversation_grain";
    public const string CustomerGrain = "customerservice.customer_grain";
    public const string QueueGrain = "customerservice.queue_grain";
    public const string TicketGrain = "customerservice.ticket_grain";
}
