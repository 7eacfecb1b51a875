namespace CustomerService.Runtime.Stores;

/// <summary>Times as both stores keep them: whole microseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset From(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same time, cut to what is kept.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => From(Of(time));

    /// <summary>The first time that is kept and not earlier: an alarm that rang early would find nothing due and be set for the same time, without end.</summary>
    public static DateTimeOffset NotBefore(DateTimeOffset time) =>
        Cut(time) is var cut && cut < time && Of(time) < Of(DateTimeOffset.MaxValue) ? From(Of(time) + 1) : cut;
}
