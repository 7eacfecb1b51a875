using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Email;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Fuzz.Tests.Fuzzing;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>A mailbox followed on a server that lies or raves, over a real socket; an honest one comes after it, and must be followed as if nothing had been.</summary>
internal sealed class ImapTarget : FuzzTarget
{
    private readonly byte[][] _mails = [.. MailCorpus.Names.Select(MailCorpus.Raw).Where(mail => mail.Length < 4_000)];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly EmailSettings _settings;

    public ImapTarget()
        : base("imap", 50)
    {
        AllocatedAnyway = 30_000_000;
        AllocatedPerByte = 3_000; // the mails are read too
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        var port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _settings = new EmailSettings(
            "support", MailCorpus.Ours, "Shop Support",
            new ImapSettings(new MailServer("127.0.0.1", port, "support", "secret", SecureSocketOptions.None), "INBOX", StillTime.AtOnce, Idle: true, ReadBack: TimeSpan.FromDays(1)),
            new MailServer("127.0.0.1", 9, "", "", SecureSocketOptions.None),
            "key of tokens");
    }

    public override byte[] Make(Random random)
    {
        var choices = new byte[8];
        random.NextBytes(choices);
        return choices;
    }

    public override async ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var random = new Random(BitConverter.ToInt32(input));
        var memory = new MailMemory();
        var honesty = random.Next(20) switch { 0 => Honesty.Honest, < 11 => Honesty.Lying, _ => Honesty.Raving };
        var mails = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Any(_mails)).ToArray();
        var hostile = new HostileImap(random, honesty, mails, 7);
        await FollowAsync(hostile, memory);

        var honest = new HostileImap(random, Honesty.Honest, mails, 7);
        await FollowAsync(honest, memory);
        if (memory.Fault is { } fault)
            throw new FuzzFinding($"a mail is parked for a fault of ours: {fault}");
        if (!honest.CameToWaiting)
            throw new FuzzFinding($"after a server that was {honesty} an honest one is not followed; the position is {memory.Position}");
        return new FuzzOutcome($"{honesty.ToString().ToLowerInvariant()} {(hostile.CameToWaiting ? "to its end" : "until lost")}, {(memory.Taken > 0 ? "mails" : "none")}", hostile.Sent + honest.Sent);
    }

    protected override ValueTask CloseAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FollowAsync(HostileImap server, MailMemory memory)
    {
        await using var account = new EmailAccount(_settings, new AccountParts(TestParts.Http, new StillTime(), NullLoggerFactory.Instance, memory.Files, null)
        {
            Mail = new MailParts(memory, memory, memory) { Journal = () => throw new InvalidOperationException("Nothing is sent here.") },
        });
        using var over = new CancellationTokenSource();
        var following = account.FollowAsync(memory, over.Token);
        using var socket = await _listener.AcceptAsync();
        socket.LingerState = new LingerOption(true, 0); // no port waits for what nobody sends any more
        socket.NoDelay = true;
        try
        {
            await server.ServeAsync(socket);
        }
        finally
        {
            await over.CancelAsync();
            await following;
        }
    }

    /// <summary>A clock that stands still. Only waiting for the next look at the mailbox is over at once.</summary>
    private sealed class StillTime : TimeProvider
    {
        public static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(7);

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == AtOnce ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>All that a mailbox keeps, and takes.</summary>
    private sealed class MailMemory : IMailThreads, IMailboxPositions, IParkedMails, IChannelIntake
    {
        private readonly ConcurrentDictionary<string, string> _threads = [];

        public MailboxPosition? Position { get; private set; }

        public int Taken { get; private set; }

        /// <summary>Why a mail was parked, where it was for a fault of ours.</summary>
        public string? Fault { get; private set; }

        public TestParts.MemoryFiles Files { get; } = new();

        public Task<string?> FindAsync(string address, string messageId, CancellationToken cancellation) => Task.FromResult(_threads.GetValueOrDefault($"{messageId} {address}"));

        public Task<string> JoinAsync(string address, string messageId, string conversationId, CancellationToken cancellation) => Task.FromResult(_threads.GetOrAdd($"{messageId} {address}", conversationId));

        public Task<MailboxPosition?> ReadAsync(string account, CancellationToken cancellation) => Task.FromResult(Position);

        public Task WriteAsync(string account, MailboxPosition position, CancellationToken cancellation)
        {
            Position = position;
            return Task.CompletedTask;
        }

        public Task<ParkedMail> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation)
        {
            if (reason.Contains("   at ", StringComparison.Ordinal))
                Fault = reason;
            return Task.FromResult(new ParkedMail(account, "parked", reason, receivedAt, raw.Length));
        }

        // Nobody looks at what was parked.
        public Task<IReadOnlyList<ParkedMail>> ListAsync(string? account, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ParkedMail>>([]);

        Task<(ParkedMail Mail, byte[] Raw)?> IParkedMails.FindAsync(string account, string id, CancellationToken cancellation) => Task.FromResult<(ParkedMail, byte[])?>(null);

        public Task<bool> DropAsync(string account, string id, CancellationToken cancellation) => Task.FromResult(false);

        public Task<IntakeResult> AcceptAsync(IChannelAccount account, ChannelEvent what, CancellationToken cancellation)
        {
            Taken++;
            return Task.FromResult(new IntakeResult(null, Duplicate: false));
        }
    }
}
