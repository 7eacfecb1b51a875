using System.Collections.Immutable;
using System.Net;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;
using MailKit.Security;

namespace CustomerService.Channels.Email;

/// <summary>Reads a mailbox's settings.</summary>
internal sealed class EmailKind : IAccountKind
{
    public const string Kind = "email";

    public string Name => Kind;

    public ImmutableArray<string> Keys { get; } =
        ["address", "display_name", "imap", "smtp", "max_megabytes", "plus_address", "sent_folder", "our_lists", "token_key_env"];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var address = Address(map, reading);
        var imap = Section(map, "imap", reading) is { } section ? Imap(section, reading) : null;
        var smtp = Section(map, "smtp", reading) is { } sending ? Smtp(sending, reading) : null;
        var key = reading.OptionalSecret(map, "token_key_env") ?? imap?.Server.Password;
        if (address is null || imap is null || smtp is null || key is null)
            return null;

        return new EmailSettings(name, address, map.Text("display_name")?.Value ?? "", imap, smtp, key)
        {
            MaxMegabytes = map.Whole("max_megabytes", 1, 100) ?? 20,
            PlusAddress = map.Truth("plus_address") ?? false,
            SentFolder = map.Text("sent_folder")?.Value,
            OurLists = new EquatableTexts([.. map.Texts("our_lists").Select(list => list.Value)]),
            Rules = EmailSettings.UsualRules,
        };
    }

    private static string? Address(MappingReader map, AccountReading reading)
    {
        if (map.RequiredText("address", "support@example.com") is not { } written)
            return null;
        if (MailAddresses.Normalise(written.Value) is { } address && !address.Contains('+', StringComparison.Ordinal))
            return address;
        reading.Findings.Error(written.At, $"'{written.Value}' is no mail address that customers could write to", "write 'address: support@example.com', without a name and without a '+'");
        return null;
    }

    private static YamlMapping? Section(MappingReader map, string key, AccountReading reading)
    {
        if (map.Node(key) is null)
            reading.Findings.Error(map.At, $"the account has no {key}", $"add '{key}:' with indented lines 'host: …', 'user: …' and 'password_env: …' under it");
        return map.Map(key);
    }

    private static ImapSettings? Imap(YamlMapping section, AccountReading reading)
    {
        var map = new MappingReader(section, "imap", reading.Findings, "host", "port", "user", "password_env", "tls", "ca_file", "folder", "poll", "idle", "read_back");
        if (Server(map, reading, implicitPort: 993, plainPort: 143, anonymous: false) is not { } server)
            return null;
        return new ImapSettings(
            server,
            map.Text("folder")?.Value ?? "INBOX",
            TimeSpan.FromSeconds(map.Seconds("poll", least: 1, most: 3600) ?? 30),
            map.Truth("idle") ?? true,
            TimeSpan.FromSeconds(map.Seconds("read_back") ?? 0));
    }

    private static MailServer? Smtp(YamlMapping section, AccountReading reading) =>
        Server(new MappingReader(section, "smtp", reading.Findings, "host", "port", "user", "password_env", "tls", "ca_file"), reading, implicitPort: 465, plainPort: 587, anonymous: true);

    /// <param name="anonymous">Whether it may do without a user.</param>
    private static MailServer? Server(MappingReader map, AccountReading reading, int implicitPort, int plainPort, bool anonymous)
    {
        var host = map.RequiredText("host", "mail.example.com");
        var tls = map.Word("tls", "implicit", "starttls", "none") ?? "implicit";
        if (tls == "none" && host is { } remote && !IsThisMachine(remote.Value))
        {
            reading.Findings.Error(remote.At, $"'tls: none' would send the password to {remote.Value} for everybody to read", "use 'tls: implicit' or 'tls: starttls'; 'none' is only for a server on this machine");
            return null;
        }

        var (user, password) = anonymous && map.Node("user") is null && map.Node("password_env") is null
            ? ("", "")
            : (map.RequiredText("user", "support@example.com")?.Value ?? "", reading.Secret(map, "password_env", "SUPPORT_MAIL_PASSWORD"));
        if (host is null)
            return null;
        return new MailServer(host.Value.Value, map.Whole("port", 1, 65_535) ?? (tls == "implicit" ? implicitPort : plainPort), user, password, tls switch
        {
            "implicit" => SecureSocketOptions.SslOnConnect,
            "starttls" => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        })
        {
            CaFile = CaFile(map, reading),
        };
    }

    private static string? CaFile(MappingReader map, AccountReading reading)
    {
        if (map.Text("ca_file") is not { } file)
            return null;
        if (Certificates.WhyUnusable(file.Value) is { } fault)
            reading.Findings.Error(file.At, $"the ca_file '{file.Value}' can't be used: {fault}", "name, by its whole path, a PEM file with the certificate of the authority that signed the mail server's");
        return file.Value;
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
