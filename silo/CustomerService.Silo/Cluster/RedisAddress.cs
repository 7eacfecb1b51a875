using System.Globalization;

namespace CustomerService.Silo.Cluster;

/// <summary>Where the cluster's Redis is. Its text form never shows the password.</summary>
/// <param name="Url">As given, with the password.</param>
internal sealed record RedisAddress(string Url, string Host, int Port)
{
    private const string Shape = "redis://[:password@]host:port[/number]";
    private const int DefaultPort = 6379;

    /// <exception cref="FormatException">It is no such address. The message doesn't repeat it, for a password may be in it.</exception>
    public static RedisAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0)
            throw new FormatException($"takes {Shape} (rediss:// for TLS), or localhost for one silo without Redis.");
        if (url.AbsolutePath is not ("" or "/") && !ushort.TryParse(url.AbsolutePath[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new FormatException($"takes {Shape}; after the port comes the number of a Redis database, such as /0.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new FormatException($"takes {Shape}, and no settings after it.");
        return new RedisAddress(text, url.IdnHost, url.Port > 0 ? url.Port : DefaultPort);
    }

    public override string ToString() => $"{new Uri(Url).Scheme}://{Host}:{Port}";
}
