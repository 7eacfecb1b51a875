using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;

namespace CustomerService.Channels.Email;

/// <summary>Opens connections to mail servers.</summary>
internal static class MailConnections
{
    /// <summary>How long a server may take for one answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="IOException">Among others: its certificate can't be trusted; the message says why.</exception>
    public static async Task<ImapClient> ImapAsync(MailServer server, CancellationToken cancellation) => await OpenedAsync(new ImapClient(), server, cancellation);

    public static async Task<SmtpClient> SmtpAsync(MailServer server, CancellationToken cancellation) => await OpenedAsync(new SmtpClient(), server, cancellation);

    private static async Task<TClient> OpenedAsync<TClient>(TClient client, MailServer server, CancellationToken cancellation)
        where TClient : class, IMailService
    {
        var certificate = new ServerCertificate(server);
        client.ServerCertificateValidationCallback = certificate.IsTrusted;
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellation);
            if (server.User.Length > 0)
                await client.AuthenticateAsync(server.User, server.Password, cancellation);
            return client;
        }
        catch (Exception fault)
        {
            client.Dispose();
            if (certificate.Refusal is { } refusal)
                throw new IOException(refusal, fault);
            throw;
        }
    }

    /// <summary>Ends when the caller does, or when the server has taken too long.</summary>
    public static Impatience Impatient(TimeProvider time, CancellationToken cancellation) => new(time, cancellation);

    /// <summary>A cancellation that comes by itself after <see cref="Patience"/>.</summary>
    internal sealed class Impatience : IDisposable
    {
        private readonly CancellationTokenSource _tooLong;
        private readonly CancellationTokenSource _either;

        public Impatience(TimeProvider time, CancellationToken cancellation)
        {
            _tooLong = new CancellationTokenSource(Patience, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_tooLong.Token, cancellation);
        }

        public CancellationToken Token => _either.Token;

        public void Dispose()
        {
            _either.Dispose();
            _tooLong.Dispose();
        }
    }
}
