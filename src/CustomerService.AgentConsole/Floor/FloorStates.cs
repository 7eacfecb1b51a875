namespace CustomerService.AgentConsole.Floor;

/// <summary>What agents do, as words and colours name it.</summary>
internal static class FloorStates
{
    public static string NameOf(FloorState state) => state switch
    {
        FloorState.Free => "free",
        FloorState.Busy => "busy",
        FloorState.WrappingUp => "wrapping_up",
        FloorState.NotReady => "not_ready",
        FloorState.Away => "away",
        _ => "offline",
    };

    /// <summary>The badge's class.</summary>
    public static string ToneOf(FloorState state) => state switch
    {
        FloorState.Free => "good",
        FloorState.Busy or FloorState.WrappingUp => "accent",
        FloorState.NotReady => "bad",
        FloorState.Away => "warn",
        _ => "",
    };
}
