using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>
/// The address of a Redis: <c>redis://[[user]:password@]host[:port][/database]</c>, or <c>rediss://…</c> for TLS. A password with
/// reserved characters is percent-encoded.
/// </summary>
public static class RedisUrl
{
    private const string Form = "redis://[:password@]host[:port][/database], or rediss:// for TLS";

    /// <summary>What is wrong with the address, in a sentence that never holds its password; null when it can be used.</summary>
    public static string? Fault(string url) => TryParse(url, out _, out var fault) ? null : fault;

    /// <summary>Whether the address names this machine by loopback, so that no other machine's silo can be in the cluster.</summary>
    public static bool IsLoopback(string url) => TryParse(url, out var options, out _) && IsLoopback(options.EndPoints[0]);

    /// <exception cref="FormatException">The address is none; the message says what is wrong with it.</exception>
    internal static ConfigurationOptions Parse(string url) => TryParse(url, out var options, out var fault) ? options : throw new FormatException(fault);

    private static bool TryParse(string url, [NotNullWhen(true)] out ConfigurationOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            fault = $"The cluster's Redis is given as {Form}.";
            return false;
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            fault = $"The address of the Redis at {uri.Host} takes no options after ? or #: it is {Form}.";
            return false;
        }

        var path = uri.AbsolutePath.Trim('/');
        var database = 0;
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
        {
            fault = $"What follows the Redis at {uri.Host} is a database's number, such as /0, not '/{path}'.";
            return false;
        }

        options = new ConfigurationOptions
        {
            EndPoints = { { uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : 6379 } },
            DefaultDatabase = database,
            Ssl = uri.Scheme == "rediss",
            // A Redis that is away for a while ends nobody: the connection comes back by itself, and until then calls fail soon.
            AbortOnConnectFail = false,
            ConnectRetry = 3,
            ConnectTimeout = 5000,
            SyncTimeout = 3000,
            AsyncTimeout = 3000,
            ReconnectRetryPolicy = new LinearRetry(1000),
            // A connection whose other side fell silent is noticed within seconds.
            KeepAlive = 5,
            ClientName = "customerservice",
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            options.User = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            options.Password = Uri.UnescapeDataString(user[1]);
        fault = null;
        return true;
    }

    private static bool IsLoopback(EndPoint address) => address switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        DnsEndPoint name => name.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
