namespace CustomerService.AgentConsole.Live;

/// <summary>Lengths of time in signs that need no translation.</summary>
internal static class Lengths
{
    /// <summary>Such as <c>45 s</c>, <c>3 min</c> or <c>1:20 h</c>.</summary>
    public static string Of(double seconds) => seconds switch
    {
        < 60 => FormattableString.Invariant($"{seconds:0} s"),
        < 3600 => FormattableString.Invariant($"{seconds / 60:0} min"),
        _ => FormattableString.Invariant($"{(int)(seconds / 3600)}:{(int)(seconds / 60) % 60:00} h"),
    };
}
