using System.Net.Sockets;
using CustomerService.Channels.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CustomerService.Channels.Email.Answering;

/// <summary>Hands mails to the mail server, keeps copies of them, and finds them there again.</summary>
internal sealed partial class Outbox(EmailSettings settings, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Connections at once; mail providers allow few.</summary>
    private const int Connections = 3;
    private readonly SemaphoreSlim _lines = new(Connections);

    /// <param name="sender">Where it comes back to if it can't be brought.</param>
    public async Task<SendOutcome> SendAsync(MimeMessage mail, string sender, CancellationToken cancellation)
    {
        await _lines.WaitAsync(cancellation);
        try
        {
            return await HandOverAsync(mail, sender, cancellation);
        }
        finally
        {
            _lines.Release();
        }
    }

    /// <summary>Puts a copy into the folder of what was sent, unless the server has done so. Without it the mail is sent all the same.</summary>
    public async Task KeepCopyAsync(MimeMessage mail, CancellationToken cancellation)
    {
        if (settings.SentFolder is not { } name)
            return;
        try
        {
            using var impatience = MailConnections.Impatient(time, cancellation);
            using var client = await MailConnections.ImapAsync(settings.Imap.Server, impatience.Token);
            var folder = await client.GetFolderAsync(name, impatience.Token);
            if (await HasAsync(folder, mail.MessageId!, impatience.Token))
                return;
            await folder.AppendAsync(mail, MessageFlags.Seen, impatience.Token);
            await client.DisconnectAsync(quit: true, impatience.Token);
        }
        catch (Exception fault) when (IsOutside(fault) && !cancellation.IsCancellationRequested)
        {
            LogNoCopy(settings.Name, name, fault.Message);
        }
    }

    /// <summary>Whether the folder of what was sent has it. A copy that is missing tells nothing: the program may have ended between sending and keeping.</summary>
    public async Task<SendTrace> FindAsync(string messageId, CancellationToken cancellation)
    {
        if (settings.SentFolder is not { } name)
            return new SendTrace.NoWayToTell();
        using var impatience = MailConnections.Impatient(time, cancellation);
        using var client = await MailConnections.ImapAsync(settings.Imap.Server, impatience.Token);
        return await HasAsync(await client.GetFolderAsync(name, impatience.Token), messageId, impatience.Token)
            ? new SendTrace.Found([messageId])
            : new SendTrace.NoWayToTell();
    }

    public void Dispose() => _lines.Dispose();

    private async Task<SendOutcome> HandOverAsync(MimeMessage mail, string sender, CancellationToken cancellation)
    {
        var written = new Written();
        try
        {
            using var impatience = MailConnections.Impatient(time, cancellation);
            using var client = await MailConnections.SmtpAsync(settings.Smtp, impatience.Token);
            await client.SendAsync(mail, MailboxAddress.Parse(sender), mail.To.Mailboxes, impatience.Token, written);
            _ = client.DisconnectAsync(quit: true, impatience.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return new SendOutcome.Accepted([mail.MessageId!]);
        }
        catch (SmtpCommandException refused)
        {
            var reason = $"the mail server says: {(int)refused.StatusCode} {refused.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
            return (int)refused.StatusCode >= 500 ? new SendOutcome.Failed(reason) : new SendOutcome.Later(reason);
        }
        catch (AuthenticationException)
        {
            return new SendOutcome.Later($"the mail server {settings.Smtp.Host} does not take the user and the password; look at smtp of the account '{settings.Name}'");
        }
        catch (Exception fault) when (IsOutside(fault) && !cancellation.IsCancellationRequested)
        {
            var reason = fault is OperationCanceledException ? $"the mail server {settings.Smtp.Host} took too long" : fault.Message.TrimEnd('.');
            return written.Any ? new SendOutcome.Unknown($"the connection broke after the mail was handed over ({reason})") : new SendOutcome.Later(reason);
        }
    }

    private static async Task<bool> HasAsync(IMailFolder folder, string messageId, CancellationToken cancellation)
    {
        await folder.OpenAsync(FolderAccess.ReadOnly, cancellation);
        return (await folder.SearchAsync(SearchQuery.HeaderContains("Message-ID", messageId), cancellation)).Count > 0;
    }

    /// <summary>What the other side and the network do.</summary>
    private static bool IsOutside(Exception fault) => fault is IOException or SocketException or ProtocolException or CommandException or AuthenticationException
        or SslHandshakeException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or NotSupportedException or OperationCanceledException or TimeoutException;

    /// <summary>Whether any of a mail was written: from then on the other side may have it.</summary>
    private sealed class Written : ITransferProgress
    {
        public bool Any { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Any = true;

        public void Report(long bytesTransferred) => Any = true;
    }

    [LoggerMessage(LogLevel.Warning, "{Account}: no copy of a mail that was sent could be put into {Folder}: {Reason}")]
    private partial void LogNoCopy(string account, string folder, string reason);
}
