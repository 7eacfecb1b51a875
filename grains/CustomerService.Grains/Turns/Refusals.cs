namespace CustomerService.Grains.Turns;

/// <summary>Refusals that every kind of grain shares.</summary>
internal static class Refusals
{
    /// <summary>The sender mistook one kind of grain for another, or is newer than this program.</summary>
    public static Turn<TState> UnknownCommand<TState>(TState state, string kind, Command command) =>
        Turn.Unchanged(state, Reply.Refuse("unknown_command", $"A {kind} does not understand {command.GetType().Name}; send it to the grain it is meant for."));
}
