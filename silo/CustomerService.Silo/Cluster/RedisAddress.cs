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
        if (!text.StartsWith("redis://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new FormatException($"takes {Shape}, or localhost for one silo without Redis.");
        if (url.AbsolutePath is not ("" or "/") && !byte.TryParse(url.AbsolutePath[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new FormatException($"takes {Shape}; after the port comes the number of a Redis database, such as /0.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new FormatException($"takes {Shape}, and no settings after it.");
        return new RedisAddress(text, url.IdnHost, url.IsDefaultPort ? DefaultPort : url.Port);
    }

    public override string ToString() => $"redis://{Host}:{Port}";
}
