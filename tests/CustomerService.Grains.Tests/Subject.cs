using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests;

/// <summary>Drives one behaviour through commands, as a host would, and reads its turns.</summary>
internal sealed class Subject<TBehaviour, TState>(string key)
    where TBehaviour : IGrainBehaviour<TState>
    where TState : class
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public TState State { get; set; } = TBehaviour.Initial(key);

    public DateTimeOffset Now { get; set; } = Start;

    public Turn<TState> Last { get; private set; }

    public Turn<TState> Handle(Command command)
    {
        Last = TBehaviour.Handle(State, command, Now);
        if (command is Query)
        {
            Assert.Same(State, Last.State);
            Assert.Empty(Last.Effects);
        }

        State = Last.State;
        return Last;
    }

    public TReply Ask<TReply>(Command command)
        where TReply : Reply => Assert.IsType<TReply>(Handle(command).Reply);

    public void Refuses(string code, Command command)
    {
        var before = State;
        var refused = Assert.IsType<Refused>(Handle(command).Reply);
        Assert.Equal(code, refused.Code);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.Same(before, State);
        Assert.Empty(Last.Effects);
    }

    public void ChangesNothing(Command command)
    {
        var before = State;
        Assert.IsNotType<Refused>(Handle(command).Reply);
        Assert.Same(before, State);
        Assert.Empty(Last.Effects);
    }
}

internal static class TurnReading
{
    public static List<TEvent> Recorded<TEvent>(this IEnumerable<Effect> effects)
        where TEvent : JournalEvent => [.. effects.OfType<Record>().Select(record => record.Event).OfType<TEvent>()];

    public static List<TCommand> Told<TCommand>(this IEnumerable<Effect> effects, GrainId to)
        where TCommand : Command => [.. effects.OfType<Tell>().Where(tell => tell.To == to).Select(tell => tell.Command).OfType<TCommand>()];
}
