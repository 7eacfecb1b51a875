using CustomerService.AgentConsole.Live;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>
/// Keeps on the server what somebody writes in a conversation, at once and then at most once a second, so that it is there after a reload, elsewhere, and after the program was
/// killed. It is theirs alone.
/// </summary>
internal sealed class DraftKeeper : IAsyncDisposable
{
    /// <summary>Clocks of two machines may differ by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly IStaffDoor _door;
    private readonly StaffMember _who;
    private readonly string _conversation;
    private readonly Coalesced _saving;
    private KeepDraft? _unsaved;

    /// <summary>What was written last is kept.</summary>
    public event Action? Kept;

    public DraftKeeper(IStaffDoor door, StaffMember who, string conversation, TimeProvider time, ILogger logger)
    {
        (_door, _who, _conversation) = (door, who, conversation);
        _saving = new Coalesced(Between, time, logger, SaveAsync);
    }

    /// <summary>What was written here before and not sent; null: nothing.</summary>
    public async Task<KeptDraft?> ReadAsync(ConversationPage page)
    {
        var draft = (await _door.ReadAsync<DraftView>(_who, Grain.Personal(_who.Id), new GetDraft(_conversation))).Draft;
        if (draft is null || !WasSent(draft, page, _who.Id))
            return draft;
        Keep("", isNote: false); // The program ended between the sending and the dropping of the draft.
        return null;
    }

    /// <summary>From now on this is the draft; without text there is none.</summary>
    public void Keep(string text, bool isNote)
    {
        Volatile.Write(ref _unsaved, new KeepDraft(_conversation, text.Replace("\0", "", StringComparison.Ordinal), isNote));
        _saving.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        await _saving.DisposeAsync();
        await SaveAsync(CancellationToken.None);
    }

    /// <summary>Whether the text of a draft stands among what was said after it was kept.</summary>
    internal static bool WasSent(KeptDraft draft, ConversationPage page, string agentId)
    {
        var (text, since) = (draft.Text.Trim(), draft.At - Skew);
        bool Is(string? said, DateTimeOffset at) => at >= since && said?.Trim() == text;
        if (draft.IsNote)
            return page.Internal?.Notes.Any(note => note.AgentId == agentId && Is(note.Text, note.At)) == true;
        bool IsOriginal(long sequence, DateTimeOffset at) => page.Internal?.Translations?.Any(each => each.Original && each.Sequence == sequence && Is(each.Text, at)) == true;
        return page.Messages.Any(message => message.Author == "agent" && (Is(message.Text, message.At) || IsOriginal(message.Sequence, message.At)))
            || page.Internal?.Replies?.Any(reply => reply.Text.Trim() == text) == true;
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _unsaved, null) is not { } draft)
            return;
        try
        {
            await _door.DoAsync(_who, Grain.Personal(_who.Id), draft, cancellation: cancellation);
            if (Volatile.Read(ref _unsaved) is null)
                Kept?.Invoke();
        }
        catch (Exception fault) when (fault is HostBusyException or StoreUnavailableException or OperationCanceledException)
        {
            // Kept with the next key, or at the end; what is newer goes before.
            Interlocked.CompareExchange(ref _unsaved, draft, null);
        }
        catch (StaffRefusedException)
        {
            // Too long to be sent, or not theirs any more: the field still has it, and whoever sends it is told.
        }
    }
}
