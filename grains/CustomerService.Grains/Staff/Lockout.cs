namespace CustomerService.Grains.Staff;

/// <summary>How long nobody may try to sign in as somebody, after so many attempts that failed.</summary>
public static class Lockout
{
    private const int AttemptsAtOnce = 5;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Until when, if the attempt that begins now fails; null: another may follow at once.</summary>
    /// <param name="attempts">Those since the last success, with the one that begins now.</param>
    public static DateTimeOffset? Until(int attempts, DateTimeOffset now)
    {
        if (attempts < AttemptsAtOnce)
            return null;
        var doubled = First * Math.Pow(2, Math.Min(attempts - AttemptsAtOnce, 10));
        return now + (doubled < Longest ? doubled : Longest);
    }
}
