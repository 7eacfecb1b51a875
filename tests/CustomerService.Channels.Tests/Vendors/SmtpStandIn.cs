using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>What a mail server does wrong.</summary>
internal enum SmtpFault
{
    None,

    /// <summary>It takes no connections for now (421).</summary>
    Busy,

    /// <summary>It knows neither user nor password (535).</summary>
    WrongPassword,

    /// <summary>It can't take this recipient now (450).</summary>
    RecipientLater,

    /// <summary>It never takes this recipient (550).</summary>
    RecipientUnknown,

    /// <summary>It can't take the mail now that it has seen it (451).</summary>
    MailLater,

    /// <summary>It does not take the mail now that it has seen it (554).</summary>
    MailRefused,

    /// <summary>It hangs up before it lets the mail be written.</summary>
    HangsUpBeforeMail,

    /// <summary>It takes the mail, and hangs up without saying so.</summary>
    HangsUpAfterMail,

    /// <summary>It takes the mail, and says nothing more.</summary>
    SilentAfterMail,

    /// <summary>It takes connections, and never says a word.</summary>
    SilentFromTheStart,
}

/// <summary>A mail server that takes mails, and does wrong what it is told to.</summary>
internal sealed class SmtpStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _mails = Channel.CreateUnbounded<string>();
    private readonly Channel<int> _connections = Channel.CreateUnbounded<int>();
    private readonly Task _running;

    public SmtpStandIn()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public SmtpFault Fault { get; set; }

    /// <summary>The mails that were taken, as they came.</summary>
    public ChannelReader<string> Mails => _mails.Reader;

    /// <summary>A number for each connection that it took.</summary>
    public ChannelReader<int> Connections => _connections.Reader;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        for (var number = 1; ; number++)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException)
            {
                return;
            }

            _connections.Writer.TryWrite(number);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await TalkAsync(reader, line => stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), _stop.Token).AsTask());
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
        }
    }

    private async Task TalkAsync(StreamReader reader, Func<string, Task> say)
    {
        if (Fault == SmtpFault.SilentFromTheStart)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        await say(Fault == SmtpFault.Busy ? "421 busy, come back later" : "220 stand-in ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await say("250-stand-in\r\n250 AUTH PLAIN");
                    break;
                case "AUTH":
                    await say(Fault == SmtpFault.WrongPassword ? "535 5.7.8 wrong" : "235 welcome");
                    break;
                case "RCPT" when Fault is SmtpFault.RecipientLater:
                    await say("450 4.2.1 mailbox busy");
                    break;
                case "RCPT" when Fault is SmtpFault.RecipientUnknown:
                    await say("550 5.1.1 no such user");
                    break;
                case "DATA" when Fault is SmtpFault.HangsUpBeforeMail:
                    return;
                case "DATA":
                    await say("354 go ahead");
                    if (!await TakeAsync(reader, say))
                        return;
                    break;
                case "QUIT":
                    await say("221 bye");
                    return;
                default:
                    await say("250 ok");
                    break;
            }
        }
    }

    /// <returns>Whether it goes on talking.</returns>
    private async Task<bool> TakeAsync(StreamReader reader, Func<string, Task> say)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        switch (Fault)
        {
            case SmtpFault.MailLater:
                await say("451 4.3.0 try again");
                return true;
            case SmtpFault.MailRefused:
                await say("554 5.7.1 looks like spam");
                return true;
        }

        _mails.Writer.TryWrite(mail.ToString());
        if (Fault == SmtpFault.SilentAfterMail)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        if (Fault == SmtpFault.HangsUpAfterMail)
            return false;
        await say("250 2.0.0 taken");
        return true;
    }
}
