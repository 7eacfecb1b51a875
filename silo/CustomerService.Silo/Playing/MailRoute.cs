using CustomerService.Channels.Email;
using CustomerService.Channels.Intake;
using CustomerService.Grains.Conversations;
using CustomerService.Silo.CommandLine;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;

namespace CustomerService.Silo.Playing;

/// <summary>A customer who writes mails, through the mailbox's own server.</summary>
internal sealed class MailRoute(EmailSettings account, string from) : IMessageRoute
{
    private readonly MailboxAddress _from = MailboxAddress.TryParse(from, out var address)
        ? address
        : throw new CommandFailedException($"--from {from}: that is no mail address.", SiloCommandLine.WrongUse);

    private string? _conversation;
    private string? _last;

    public async Task<PlayedMessage> SayAsync(string text, CancellationToken cancellation)
    {
        using var mail = new MimeMessage { Subject = "A question", Body = new TextPart("plain") { Text = text }, MessageId = MimeUtils.GenerateMessageId(_from.Domain) };
        mail.From.Add(_from);
        mail.To.Add(new MailboxAddress(account.DisplayName, account.Address));
        if (_last is not null)
        {
            (mail.Subject, mail.InReplyTo) = ("Re: A question", _last);
            mail.References.Add(_last);
        }

        await SendAsync(mail, cancellation);
        _last = mail.MessageId;
        // The first mail of a run begins the conversation; the others answer it.
        _conversation ??= ConversationIds.BegunBy(ChannelNames.Email, account.Name, $"{_from.Address.ToLowerInvariant()}\n{mail.MessageId}");
        return new PlayedMessage(_conversation, mail.MessageId);
    }

    private async Task SendAsync(MimeMessage mail, CancellationToken cancellation)
    {
        var server = account.Smtp;
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellation);
            if (server.User.Length > 0)
                await client.AuthenticateAsync(server.User, server.Password, cancellation);
            await client.SendAsync(mail, cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception fault) when (fault is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or IOException or System.Net.Sockets.SocketException or NotSupportedException)
        {
            throw new CommandFailedException($"{server.Host}:{server.Port} does not take the mail ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}); look at smtp of the account '{account.Name}', and whether it lets {_from.Address} write.");
        }
    }
}
