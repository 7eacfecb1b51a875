using System.Collections.Immutable;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>What follows from one command besides the new state, in the order in which it is to happen.</summary>
internal sealed class Consequences(DateTimeOffset now)
{
    private readonly ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();

    /// <summary>The time of the turn.</summary>
    public DateTimeOffset Now { get; } = now;

    public void Add(Effect effect) => effects.Add(effect);

    public void Record(JournalEvent happened) => effects.Add(new Record(happened));

    public void Tell(GrainId to, Command command) => effects.Add(new Tell(to, command));

    /// <summary>An instant so many seconds after another; as far away as nobody waits, when it is further.</summary>
    public static DateTimeOffset After(DateTimeOffset from, double seconds) =>
        from.AddSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(3_650).TotalSeconds));

    public DateTimeOffset After(double seconds) => After(Now, seconds);

    public ImmutableArray<Effect> Drain() => effects.DrainToImmutable();

    public Turn<ConversationState> Turn(ConversationState state) => Turn(state, Reply.Done);

    public Turn<ConversationState> Turn(ConversationState state, Reply reply) => Turns.Turn.Of(state, reply, Drain());
}
