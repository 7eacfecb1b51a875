using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Following;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Delivering;
using CustomerService.Silo.Retention;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Tests.Retention;

/// <summary>What becomes of an erased conversation's files, mails and address, with real grains, store, list and folder.</summary>
public sealed class ClearAwayTests : IAsyncLifetime
{
    private const string Address = "eve@example.org";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly FolderAttachmentStore _files;
    private readonly ConversationTables _list;
    private readonly CaseTables _figures;
    private readonly SqliteStore _store;
    private readonly InProcessHost _host;
    private readonly GrainMailThreads _threads;

    public ClearAwayTests()
    {
        _files = new FolderAttachmentStore(Path.Combine(_folder.Path, "attachments"));
        _list = ConversationTables.OnFile(Path.Combine(_folder.Path, "conversations.db"));
        _figures = CaseTables.OnFile(Path.Combine(_folder.Path, "figures.db"));
        _store = SqliteStore.Open(_folder.Path);
        _host = new InProcessHost(GrainCatalog.All, _store, _ => [new Assistant(), new ByHand()], time: _clock);
        _threads = new GrainMailThreads(() => _host.Inside);
    }

    private JournalFollowing Following => new(_host.Journal, _list, _figures, _clock);

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task OwnFilesMailsAndAddress_Go_AndWhatAnotherConversationHasStays()
    {
        var (own, shared) = (await FileAsync("own"), await FileAsync("shared"));
        await WritesAsync("old", "m1", own, shared);
        await WritesAsync("other", "m2", shared);
        var work = new ClearAway("old", ChannelNames.Chat, Address, "c", [own.Reference, shared.Reference], ["m1"]);
        await ForgetsAsync(["old"]);

        await PerformAsync(work);
        await PerformAsync(work);

        Assert.Equal((null, "other"), (await _threads.FindAsync(Address, "m1", default), await _threads.FindAsync(Address, "m2", default)));
        Assert.True(await IsLinkedAsync());
        await SweepAsync(ClearAwayPerformer.FilesStay - TimeSpan.FromMinutes(1));
        Assert.True(await IsThereAsync(own));
        await SweepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((false, true), (await IsThereAsync(own), await IsThereAsync(shared)));

        await ForgetsAsync(["other"]);
        await PerformAsync(new ClearAway("other", ChannelNames.Chat, Address, "c", [shared.Reference], ["m2"]));
        Assert.False(await IsLinkedAsync());
        await SweepAsync(ClearAwayPerformer.FilesStay);
        Assert.False(await IsThereAsync(shared));
    }

    [Fact]
    public async Task AddressThatWroteAgain_Stays_AndSoDoesItsFile()
    {
        var file = await FileAsync("again");
        await WritesAsync("old", "m1", file);
        await ForgetsAsync(["old"]);
        await WritesAsync("old", "m2", file); // The list has not heard of it yet.

        await PerformAsync(new ClearAway("old", ChannelNames.Chat, Address, "c", [file.Reference], ["m1"]));

        Assert.True(await IsLinkedAsync());
        await FollowAsync();
        await SweepAsync(ClearAwayPerformer.FilesStay);
        Assert.True(await IsThereAsync(file));
    }

    [Fact]
    public async Task ListThatLagsBehind_LetsNothingGo()
    {
        var file = await FileAsync("late");
        await WritesAsync("old", "m1", file);
        _clock.Advance(JournalFollowing.Patience + TimeSpan.FromMinutes(1));
        var work = new ClearAway("another", ChannelNames.Chat, Address, "c", [file.Reference], ["m1"]);

        await Assert.ThrowsAsync<IOException>(() => PerformAsync(work));
        await _files.ReleaseAsync([file.Reference], _clock.GetUtcNow(), default);
        await Assert.ThrowsAsync<IOException>(() => SweepAsync(TimeSpan.Zero));

        Assert.True(await IsThereAsync(file));
        Assert.Equal("old", await _threads.FindAsync(Address, "m1", default));
        await FollowAsync();
        await PerformAsync(work);
        await SweepAsync(TimeSpan.FromDays(2));
        Assert.True(await IsThereAsync(file));
    }

    private async Task PerformAsync(ClearAway work) =>
        Assert.Null(await new ClearAwayPerformer(_host.Inside, _list, () => Following, _files, _clock).PerformAsync(Grain.Conversation(work.ConversationId), work, default));

    private Task<Attachment> FileAsync(string text) => _files.KeepAsync(text + ".txt", "text/plain", new MemoryStream(Encoding.UTF8.GetBytes(text)), default);

    private async Task<bool> IsThereAsync(Attachment file)
    {
        await using var content = await _files.OpenAsync(file.Reference, default);
        return content is not null;
    }

    private async Task WritesAsync(string conversation, string mail, params ImmutableArray<Attachment> files)
    {
        await _threads.JoinAsync(Address, mail, conversation, default);
        await DoAsync(Grain.Address(ChannelNames.Chat, Address), new LinkAddress("known"));
        await DoAsync(Grain.Conversation(conversation), new ReceiveMessage(new Interaction(mail, ChannelNames.Chat, Address, "Hello", _clock.GetUtcNow()) { Attachments = files }));
    }

    /// <summary>The list hears of everything, and then that these are erased.</summary>
    private async Task ForgetsAsync(IEnumerable<string> conversations)
    {
        await FollowAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var conversation in conversations)
        {
            // Until the assistant has done with its message.
            while (await _host.Inside.AskAsync(Grain.Conversation(conversation), new EraseConversation(_clock.GetUtcNow(), "the rules", [], []), patience.Token) is Refused refused)
            {
                Assert.Equal("still_active", refused.Code);
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        await FollowAsync();
    }

    private async Task FollowAsync()
    {
        var keeper = new ConversationListKeeper(_host.Journal, _host.Inside, _list, NullLogger<ConversationListKeeper>.Instance);
        while (await keeper.AdvanceAsync(default))
        {
            // To the journal's end.
        }
    }

    private async Task SweepAsync(TimeSpan later)
    {
        _clock.Advance(later);
        await _files.SweepAsync(_clock.GetUtcNow(), new ListedFiles(_list, Following).InUseAsync, default);
    }

    private async Task<bool> IsLinkedAsync() => ((AddressOwner)await _host.Inside.AskAsync(Grain.Address(ChannelNames.Chat, Address), new ResolveAddress())).Linked;

    private async Task DoAsync(GrainId grain, Command command)
    {
        var reply = await _host.Inside.AskAsync(grain, command);
        Assert.False(reply is Refused, reply.ToString());
    }

    /// <summary>The tests say when something is cleared away.</summary>
    private sealed class ByHand : Runtime.Effects.IWorkPerformer
    {
        public Type Handles => typeof(ClearAway);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) => default;
    }

    /// <summary>Answers each message, so that nobody has to do anything.</summary>
    private sealed class Assistant : Runtime.Effects.IWorkPerformer
    {
        public Type Handles => typeof(RunPipeline);

        public ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) =>
            new(new CompleteRun(((RunPipeline)work).MessageId, new RunOutcome
            {
                Answer = new OutgoingMessage("Noted.", [], []),
                Signals = new MessageSignals("en", "unknown", 1, 0, [], "normal"),
                ResolutionType = ResolutionTypes.Automated,
            }));
    }
}
