namespace CustomerService.Channels.Health;

/// <summary>Something that happened at an account, as figures count it.</summary>
internal abstract record AccountEvent
{
    private AccountEvent()
    {
    }

    /// <param name="Outcome"><c>taken</c>, <c>duplicate</c>, <c>refused</c> for good, or <c>put_off</c>.</param>
    public sealed record Received(string Outcome) : AccountEvent;

    /// <param name="Outcome"><c>sent</c>, <c>later</c>, <c>failed</c> or <c>unknown</c>.</param>
    public sealed record Attempted(string Outcome, TimeSpan Took) : AccountEvent;

    public sealed record Refused(int Status) : AccountEvent;
}
