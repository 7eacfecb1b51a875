using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CustomerService.Tests;

/// <summary>
/// Real mail servers of our own, Postfix and Dovecot, on free ports of this machine, gone after the tests. They exist only where their programs do, and for root.
/// Mail to the mailboxes below is kept; other mail is taken, and comes back.
/// </summary>
public sealed partial class MailServers : IAsyncLifetime
{
    /// <summary>Who may not do anything else: whose the mailboxes are.</summary>
    private const int Nobody = 65534;

    private string folder = "";
    private Process? dovecot;

    public const string Password = "secret";

    /// <summary>The mailboxes at shop.example; mail to <c>name+anything</c> comes there too.</summary>
    public static string[] OurMailboxes { get; } = ["support", "threads", "outage", "renumbered", "idle", "polled", "beside", "parked", "busy", "large", "bounced", "copies", "secured", "later", "broken", "older"];

    /// <summary>The mailboxes at customer.example.</summary>
    public static string[] CustomersMailboxes { get; } = ["ada", "babbage", "bot", "mallory"];

    public int SmtpPort { get; } = FreePort();

    public int ImapPort { get; } = FreePort();

    /// <summary>The same with TLS from the first byte. The other two ports offer STARTTLS.</summary>
    public int SecureSmtpPort { get; } = FreePort();

    /// <inheritdoc cref="SecureSmtpPort"/>
    public int SecureImapPort { get; } = FreePort();

    public async Task InitializeAsync()
    {
        if (Requires.Missing("mail-servers") is not null)
            return;
        folder = Directory.CreateTempSubdirectory("mail-test-").FullName;
        foreach (var part in new[] { "postfix", "postfix/queue", "postfix/data", "mail", "dovecot" })
            Directory.CreateDirectory(Path.Combine(folder, part));
        // The servers' own users pass through the folder, and mails are nobody's.
        await RunAsync("chmod", "755", folder);
        await RunAsync("chown", "postfix", Path.Combine(folder, "postfix/data"));
        await RunAsync("chown", Nobody.ToString(CultureInfo.InvariantCulture), Path.Combine(folder, "mail"));
        await WriteCertificatesAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "postfix/main.cf"), MainCf());
        await File.WriteAllTextAsync(Path.Combine(folder, "postfix/master.cf"), MasterCf());
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "postfix/mailboxes"),
            OurMailboxes.Select(name => $"{name}@shop.example {name}/").Concat(CustomersMailboxes.Select(name => $"{name}@customer.example {name}/")));
        await File.WriteAllTextAsync(Path.Combine(folder, "dovecot.conf"), DovecotConf());
        await RunAsync(Requires.Postfix!, "-c", Path.Combine(folder, "postfix"), "start");
        await StartImapAsync();
    }

    /// <summary>Starts Dovecot, or starts it again; returns when it takes connections.</summary>
    public async Task StartImapAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        dovecot = new Process { StartInfo = new ProcessStartInfo(Requires.Dovecot!, ["-F", "-c", Path.Combine(folder, "dovecot.conf")]) { RedirectStandardError = true } };
        dovecot.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException("dovecot did not start."));
            else if (line.Data.Contains("starting up", StringComparison.Ordinal))
                ready.TrySetResult();
        };
        dovecot.Start();
        dovecot.BeginErrorReadLine();
        await ready.Task;
    }

    /// <summary>Ends Dovecot as a crash does, connections included: mailboxes can't be read, and mail still comes.</summary>
    public async Task StopImapAsync()
    {
        // Of its children some end by themselves meanwhile.
        await RunAsync("/bin/sh", "-c", "children=$(cat /proc/$0/task/$0/children); kill -KILL $0 && { kill -KILL $children; true; }", dovecot!.Id.ToString(CultureInfo.InvariantCulture));
        await dovecot.WaitForExitAsync();
        dovecot.Dispose();
        dovecot = null;
    }

    /// <summary>Forgets how the mails of a mailbox are numbered, as a server restored from a backup does. Dovecot must not run.</summary>
    public void Renumber(string mailbox)
    {
        var inside = Path.Combine(folder, "mail", mailbox);
        // What remains makes sure that the new numbering has another name than the old.
        foreach (var file in Directory.GetFiles(inside, "dovecot*").Where(file => !file.Contains("uidvalidity", StringComparison.Ordinal)))
            File.Delete(file);
    }

    /// <summary>Sends a mail with swaks; more of its options as given.</summary>
    public Task SwaksAsync(string from, string to, params string[] options) =>
        RunAsync(Requires.Swaks!, ["--silent", "2", "--server", "127.0.0.1", "--port", SmtpPort.ToString(CultureInfo.InvariantCulture), "--from", from, "--to", to, .. options]);

    public async Task DisposeAsync()
    {
        if (folder.Length == 0)
            return;
        if (dovecot is not null)
            await StopImapAsync();
        await RunAsync(Requires.Postfix!, "-c", Path.Combine(folder, "postfix"), "stop");
        Directory.Delete(folder, recursive: true);
    }

    private string MainCf() => $"""
        compatibility_level = 3.6
        queue_directory = {folder}/postfix/queue
        data_directory = {folder}/postfix/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = {folder}/postfix.log
        maillog_file_prefixes = {folder}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mx.shop.example
        mydestination =
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        virtual_mailbox_domains = shop.example, customer.example
        virtual_mailbox_maps = texthash:{folder}/postfix/mailboxes
        virtual_mailbox_base = {folder}/mail
        virtual_uid_maps = static:{Nobody}
        virtual_gid_maps = static:{Nobody}
        virtual_minimum_uid = 1
        virtual_mailbox_limit = 0
        message_size_limit = 60000000
        recipient_delimiter = +
        smtpd_reject_unlisted_recipient = no
        default_transport = error:5.1.2 there is no such domain
        smtpd_tls_chain_files = {folder}/server.pem
        smtpd_tls_security_level = may
        alias_maps =
        alias_database =

        """;

    private string MasterCf() => $"""
        127.0.0.1:{SmtpPort} inet n - n - - smtpd
        127.0.0.1:{SecureSmtpPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
        tlsmgr unix - - n 1000? 1 tlsmgr
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """;

    private string DovecotConf() => $$"""
        base_dir = {{folder}}/dovecot
        state_dir = {{folder}}/dovecot
        log_path = /dev/stderr
        protocols = imap
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <{{folder}}/server.pem
        ssl_key = <{{folder}}/server.pem
        disable_plaintext_auth = no
        auth_mechanisms = plain
        mail_location = maildir:{{folder}}/mail/%n
        first_valid_uid = 1
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid={{Nobody}} gid={{Nobody}} home={{folder}}/mail/%n
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{ImapPort}}
          }
          inet_listener imaps {
            port = {{SecureImapPort}}
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }

        """;

    private async Task RunAsync(string program, params string[] arguments)
    {
        // Servers that go into the background keep what they were started with: a file, so that nobody waits for a pipe's end.
        var log = Path.Combine(folder, $"{Guid.NewGuid():n}.log");
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >\"$LOG\" 2>&1 </dev/null", program, .. arguments]) { Environment = { ["LOG"] = log } })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await File.ReadAllTextAsync(log)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
