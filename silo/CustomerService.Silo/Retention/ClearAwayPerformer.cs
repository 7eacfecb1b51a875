using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Files;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Following;
using CustomerService.Runtime.Effects;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Retention;

/// <summary>
/// Takes away what lies outside grains of a conversation that was erased. The list of conversations knows what others still need; it may be moments behind, so files stay for a
/// while, and are asked for once more before they go.
/// </summary>
/// <param name="following">Asked for when the first work comes: who hosts grains gives the journal.</param>
internal sealed class ClearAwayPerformer(IGrainClient grains, IRetentionList list, Func<JournalFollowing> following, IAttachmentStore files, TimeProvider time) : IWorkPerformer
{
    /// <summary>How long a file stays after its last conversation.</summary>
    public static readonly TimeSpan FilesStay = TimeSpan.FromDays(1);

    private readonly GrainMailThreads _threads = new(() => grains);

    public Type Handles => typeof(ClearAway);

    /// <summary>Who does it where grains live.</summary>
    public static IWorkPerformer Compose(IServiceProvider services, IGrainClient grains) => new ClearAwayPerformer(
        grains, services.GetRequiredService<IRetentionList>(), services.GetRequiredService<JournalFollowing>, services.GetRequiredService<IAttachmentStore>(),
        services.GetRequiredService<TimeProvider>());

    /// <exception cref="IOException">The list does not know all conversations now; it is tried again.</exception>
    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var erased = (ClearAway)work;
        if (!await following().IsListCurrentAsync(cancellation))
            throw new IOException("the list of conversations, which knows who else has a file or an address, has not read the whole journal yet");

        await ReleaseAsync(erased, cancellation);
        foreach (var mail in erased.Mails.Distinct())
            await _threads.ForgetAsync(erased.Address, mail, cancellation);
        if (!await list.HasAddressAsync(erased.Channel, erased.Address, except: erased.ConversationId, cancellation) && !await IsBegunAnewAsync(erased, cancellation))
            await grains.AskAsync(Grain.Address(erased.Channel, erased.Address), new ForgetAddress(), cancellation);
        return null;
    }

    private async Task ReleaseAsync(ClearAway erased, CancellationToken cancellation)
    {
        var used = await list.UsedFilesAsync(erased.Files, except: erased.ConversationId, cancellation);
        string[] free = [.. erased.Files.Where(file => !used.Contains(file)).Distinct()];
        if (free.Length > 0)
            await files.ReleaseAsync(free, time.GetUtcNow() + FilesStay, cancellation);
    }

    /// <summary>Its customer may have written again meanwhile, from the same address.</summary>
    private async Task<bool> IsBegunAnewAsync(ClearAway erased, CancellationToken cancellation) =>
        await grains.AskAsync(Grain.Conversation(erased.ConversationId), new GetConversation(), cancellation) is ConversationView { CreatedAt: not null };
}
