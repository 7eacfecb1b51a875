using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace CustomerService.Silo.Cluster;

/// <summary>Where the cluster's PostgreSQL database is. Its text form never shows the password.</summary>
/// <param name="ConnectionString">As Npgsql reads it.</param>
internal sealed partial record DatabaseAddress(string ConnectionString)
{
    private const string Shape = "postgres://user:password@host:port/name";
    private const int DefaultPort = 5432;

    /// <summary>What a URL may say after '?', under PostgreSQL's own names.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Reads a URL, or a connection string such as <c>Host=…;Database=…</c>.</summary>
    /// <exception cref="FormatException">It is neither. The message doesn't repeat it, for a password may be in it.</exception>
    public static DatabaseAddress Parse(string text)
    {
        var connection = Url().Match(text) is { Success: true } url ? OfUrl(url) : OfConnectionString(text);
        if (string.IsNullOrEmpty(connection.Host))
            throw new FormatException($"names no server. Write it as {Shape}.");
        if (string.IsNullOrEmpty(connection.Database))
            throw new FormatException($"names no database. Write it as {Shape}.");
        return new DatabaseAddress(connection.ConnectionString);
    }

    public override string ToString()
    {
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString);
        var port = connection.Host!.Contains(',', StringComparison.Ordinal) ? "" : $":{connection.Port}";
        return $"postgres://{connection.Host}{port}/{connection.Database}";
    }

    private static NpgsqlConnectionStringBuilder OfUrl(Match url)
    {
        var connection = new NpgsqlConnectionStringBuilder { Database = Plain(url.Groups["database"]) };
        if (url.Groups["user"].Success)
            connection.Username = Plain(url.Groups["user"]);
        if (url.Groups["password"].Success)
            connection.Password = Plain(url.Groups["password"]);
        var hosts = url.Groups["hosts"].Value.Split(',').Select(Host).ToArray();
        if (hosts is [var only])
            (connection.Host, connection.Port) = only;
        else
            connection.Host = string.Join(',', hosts.Select(host => $"{host.Name}:{host.Port}"));
        foreach (var pair in url.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
            Set(connection, pair);
        return connection;
    }

    private static (string Name, int Port) Host(string text)
    {
        if (HostAndPort().Match(text) is not { Success: true } match)
            throw new FormatException($"has a server that can't be read. Write it as {Shape}; a '@', ':' or '/' in the password is written %40, %3A, %2F.");
        if (!match.Groups["port"].Success)
            return (match.Groups["host"].Value, DefaultPort);
        return int.TryParse(match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? (match.Groups["host"].Value, port)
            : throw new FormatException("has a port that is no number from 1 to 65535. A ':' in the password is written %3A.");
    }

    private static void Set(NpgsqlConnectionStringBuilder connection, string pair)
    {
        var (name, value) = pair.Split('=', 2) is [var key, var given] ? (Uri.UnescapeDataString(key), Uri.UnescapeDataString(given)) : (pair, "");
        if (!Settings.TryGetValue(name, out var setting))
            throw new FormatException($"has an unknown setting '{name}'; known are {string.Join(", ", Settings.Keys)}.");
        try
        {
            // PostgreSQL writes verify-full and read-write where Npgsql writes VerifyFull and ReadWrite.
            connection[setting] = name is "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (ArgumentException)
        {
            throw new FormatException($"has a setting {name} that can't be '{value}'.");
        }
    }

    private static NpgsqlConnectionStringBuilder OfConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"can't be read. Write it as {Shape}, or as Host=…;Username=…;Password=…;Database=….");
        }
    }

    private static string Plain(Group escaped) => Uri.UnescapeDataString(escaped.Value);

    [GeneratedRegex("^postgres(ql)?://((?<user>[^:@/?]*)(:(?<password>[^@/?]*))?@)?(?<hosts>[^/?@]*)(/(?<database>[^?]*))?([?](?<query>.*))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex(@"^(\[(?<host>[0-9a-fA-F:.]+)\]|(?<host>[^:\[\]]+))(:(?<port>.*))?$")]
    private static partial Regex HostAndPort();
}
