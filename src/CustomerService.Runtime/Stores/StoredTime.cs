namespace CustomerService.Runtime.Stores;

/// <summary>Times as both stores keep them: whole microseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset From(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same time, cut to what is kept.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => From(Of(time));
}
