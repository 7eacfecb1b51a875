using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>I6: service-level clocks agree with what the journal says, counted again from its events and from the queues' business hours.</summary>
internal static class ServiceInvariants
{
    private const string Name = "I6 service-level clocks agree with the journal";

    /// <summary>How late an alarm may be: a crash, a repetition, a delay.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(90);

    public static void Hold(ChaosWorld world)
    {
        foreach (var id in Cast.Conversations)
        {
            var counted = new CountedClocks(world, id).Count();
            if (world.View<ConversationView>(Grain.Conversation(id), new GetConversation()) is { Status: not ConversationStatus.New } conversation)
                Agree(world, conversation, counted);
        }
    }

    private static void Agree(ChaosWorld world, ConversationView conversation, IReadOnlyDictionary<string, CountedClock> counted)
    {
        foreach (var (kind, clock) in counted)
        {
            if (conversation.Clocks.FirstOrDefault(each => each.Kind == kind) is not { } kept)
                throw new InvariantViolationException(Name, $"{kind} of {conversation.Id} started and never stopped, and the record has none.");
            clock.IsAs(kept, world.Host.Now, Slack);
        }

        if (conversation.Clocks.FirstOrDefault(clock => !counted.ContainsKey(clock.Kind)) is { } extra)
            throw new InvariantViolationException(Name, $"the record of {conversation.Id} has {extra.Kind}, and the journal has none.");

        var withPeople = conversation.Status is ConversationStatus.Queued or ConversationStatus.Offered or ConversationStatus.Assigned or ConversationStatus.OnHold or ConversationStatus.Snoozed;
        var isPromised = withPeople && Cast.Targets(conversation.Handoff?.Tier).Resolution > 0;
        if (counted.ContainsKey(ServiceClocks.Resolution) ? !withPeople : isPromised)
            throw new InvariantViolationException(Name, $"{conversation.Id} is {conversation.Status}, and its resolution clock {(withPeople ? "does not run" : "is still there")}.");
    }
}
