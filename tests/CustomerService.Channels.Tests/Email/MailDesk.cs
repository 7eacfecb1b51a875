using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Channels.Health;
using CustomerService.Channels.Intake;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Journal;
using CustomerService.Grains.MailThreads;
using CustomerService.Grains.Turns;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Email;

/// <summary>What mailboxes are tested with: real threads, files and positions in a folder, and an intake that shows what came in.</summary>
internal sealed class MailDesk : IChannelIntake, IGrainClient, IDisposable
{
    private readonly ConcurrentDictionary<string, MailThreadState> _threads = [];
    private readonly Channel<ChannelEvent> _came = Channel.CreateUnbounded<ChannelEvent>();

    /// <summary>How its mailboxes do.</summary>
    public ChannelHealth Health { get; } = new(TimeProvider.System);

    public string Folder { get; } = Directory.CreateTempSubdirectory("mail-desk-").FullName;

    /// <summary>Asked before anything is taken; may throw, or say why it is refused.</summary>
    public Func<ChannelEvent, string?> Door { get; set; } = _ => null;

    /// <summary>What was said in conversations, for transcripts.</summary>
    public IJournal? Journal { get; set; }

    public IEnumerable<string> Parked => Directory.Exists(Path.Combine(Folder, "parked")) ? Directory.GetFiles(Path.Combine(Folder, "parked"), "*.eml", SearchOption.AllDirectories) : [];

    public AccountParts Parts(TimeProvider? time = null) =>
        new(new HttpClient(), time ?? TimeProvider.System, NullLoggerFactory.Instance, new FolderAttachmentStore(Path.Combine(Folder, "files")), null)
        {
            Health = Health,
            Mail = new MailParts(new GrainMailThreads(() => this), new FilePositions(Path.Combine(Folder, "positions")), new FileParkedMails(Path.Combine(Folder, "parked")))
            {
                Journal = () => Journal ?? throw new InvalidOperationException("There is no journal."),
            },
        };

    public static EmailSettings Settings(int imapPort, int smtpPort, string user = "support") => new(
        user, $"{user}@shop.example", "Shop Support",
        new ImapSettings(new MailServer("127.0.0.1", imapPort, user, MailServers.Password, SecureSocketOptions.None), "INBOX", TimeSpan.FromSeconds(1), Idle: true, ReadBack: TimeSpan.Zero),
        new MailServer("127.0.0.1", smtpPort, "", "", SecureSocketOptions.None),
        "key of tokens");

    public static MessageToSend Answer(string conversation, string text, Author author = Author.Assistant, string address = "ada@customer.example", string account = "support", params (string Key, string Value)[] metadata) => new(
        conversation,
        new Inbound("in-1", ChannelNames.Email, account, address, DateTimeOffset.UnixEpoch, metadata.ToImmutableDictionary(each => each.Key, each => each.Value)),
        new Outbound(2, $"{conversation}/2", author, text, "in-1"), 0, OutsideWindow: false);

    /// <summary>The next message that comes in; what came before it is left out.</summary>
    public async Task<ChannelEvent.Message> MessageAsync(string containing)
    {
        await foreach (var what in _came.Reader.ReadAllAsync())
        {
            if (what is ChannelEvent.Message message && message.Interaction.Content.Contains(containing, StringComparison.Ordinal))
                return message;
        }

        throw new InvalidOperationException("Nothing comes any more.");
    }

    public async Task<NoteReceipt> ReceiptAsync()
    {
        await foreach (var what in _came.Reader.ReadAllAsync())
        {
            if (what is ChannelEvent.Receipt receipt)
                return receipt.What;
        }

        throw new InvalidOperationException("Nothing comes any more.");
    }

    public ValueTask<ChannelEvent> NextAsync() => _came.Reader.ReadAsync();

    public Task<IntakeResult> AcceptAsync(IChannelAccount account, ChannelEvent what, CancellationToken cancellation)
    {
        var refused = Door(what);
        if (refused is null)
            _came.Writer.TryWrite(what);
        return Task.FromResult(new IntakeResult(refused, Duplicate: false));
    }

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        lock (_threads)
        {
            var turn = MailThreadBehaviour.Handle(_threads.GetValueOrDefault(grain.Key) ?? MailThreadBehaviour.Initial(grain.Key), command, DateTimeOffset.UnixEpoch);
            _threads[grain.Key] = turn.State;
            return new ValueTask<Reply>(turn.Reply);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
