using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Simulation.Chaos.Actors;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>I6: service-level clocks agree with what the journal says, counted again from its events. (Here every hour is a business hour.)</summary>
internal static class ServiceInvariants
{
    private const string Name = "I6 service-level clocks agree with the journal";

    /// <summary>How late an alarm may be: a crash, a repetition, a delay.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(90);

    public static void Hold(ChaosWorld world)
    {
        foreach (var id in Cast.Conversations)
        {
            var counted = Count(id, world.History.Of(Grain.Conversation(id)));
            if (world.View<ConversationView>(Grain.Conversation(id), new GetConversation()) is { Status: not ConversationStatus.New } conversation)
                Agree(world, conversation, counted);
        }
    }

    private static Dictionary<string, CountedClock> Count(string conversation, IReadOnlyList<Happened> history)
    {
        var clocks = new Dictionary<string, CountedClock>();
        foreach (var (_, now, _, happened) in history)
        {
            switch (happened)
            {
                case ServiceClockStarted started when !clocks.TryAdd(started.Kind, new CountedClock(conversation, started)):
                    throw new InvariantViolationException(Name, $"{started.Kind} of {conversation} started twice.");
                case ServiceClockStarted started when started.DueAt.AddSeconds(-started.TargetSeconds) > now + CountedClock.Tolerance:
                    throw new InvariantViolationException(Name, $"{started.Kind} of {conversation} started in the future.");
                case ServiceClockPaused paused:
                    clocks[paused.Kind].Pause(paused, now);
                    break;
                case ServiceWarned warned:
                    clocks[warned.Kind].Warn(now);
                    break;
                case ServiceBreached breached:
                    clocks[breached.Kind].Breach(now);
                    break;
                case ServiceClockStopped stopped:
                    clocks[stopped.Kind].Stop(stopped, now);
                    clocks.Remove(stopped.Kind);
                    break;
                case MessageSent { Author: Author.Agent }:
                    clocks.GetValueOrDefault(ServiceClocks.FirstResponse)?.Answered();
                    clocks.GetValueOrDefault(ServiceClocks.NextResponse)?.Answered();
                    break;
            }
        }

        return clocks;
    }

    private static void Agree(ChaosWorld world, ConversationView conversation, Dictionary<string, CountedClock> counted)
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
        if (withPeople != counted.ContainsKey(ServiceClocks.Resolution))
            throw new InvariantViolationException(Name, $"{conversation.Id} is {conversation.Status}, and its resolution clock {(withPeople ? "does not run" : "is still there")}.");
    }
}
