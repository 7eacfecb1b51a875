using System.Globalization;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Stores;

namespace CustomerService.Bench.Cluster;

/// <summary>
/// The product's conversations, each handed to people by its first message. What a customer writes then is one turn and one commit:
/// state and journal, no pipeline. So it can stand beside a grain that does one storage write a message.
/// </summary>
internal sealed class GrainKeeper : IMessageKeeper
{
    private const int Page = 1_000;

    private readonly IDisposable? _folder;
    private IPlace? _place;
    private MessageIntake? _intake;

    private GrainKeeper(IDisposable? folder) => _folder = folder;

    /// <param name="start">Has the product's grains live somewhere, with <see cref="HandsOver"/>.</param>
    /// <param name="folder">Gone with the keeper.</param>
    public static async Task<IMessageKeeper> StartAsync(Func<Task<IPlace>> start, IDisposable? folder = null)
    {
        var keeper = new GrainKeeper(folder);
        keeper._place = await start();
        keeper._intake = new MessageIntake(keeper._place.Door, new AttachmentDesk(new FolderAttachmentStore(Path.GetTempPath()), new AttachmentTickets(new byte[32], TimeProvider.System), TimeProvider.System), TimeProvider.System);
        return keeper;
    }

    public async Task<long> KeepAsync(int conversation, string messageId, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c-{conversation:000000}");
        var accepted = await _intake!.AcceptAsync($"visitor-{id}", new SendMessage { ConversationId = id, MessageId = messageId, Text = text }, null, CancellationToken.None);
        return accepted.Sequence;
    }

    public async Task SettleAsync()
    {
        do
            await _place!.Store.FlushAsync();
        while ((await _place.Store.ReadEffectsAsync(null, 1)).Count > 0);
    }

    public async Task<long> CountAsync()
    {
        var count = 0;
        IReadOnlyList<JournalEntry> page;
        for (long position = 0; (page = await _place!.Journal.ReadAllAsync(position, Page)).Count > 0; position = page[^1].Position)
            count += page.Count(entry => entry.Event is MessageReceived);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await _place!.DisposeAsync();
        _folder?.Dispose();
    }
}
