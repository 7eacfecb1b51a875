using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Reporting.Retention;

/// <summary>A conversation that is old enough to be erased.</summary>
/// <param name="Left">The code of the reason why it is not erased; null: it may be. The conversation itself decides again, at the moment.</param>
/// <param name="Hold">What it is held for; null: it is not, or it is left for another reason.</param>
public sealed record DueConversation(ConversationRow Row, string? Left, LegalHold? Hold);

/// <summary>Finds what is old enough, the oldest first, and says what of it has to be left and why.</summary>
/// <param name="grains">Each conversation is asked how it stands: the list comes moments later.</param>
public sealed class DueConversations(IRetentionList list, IGrainClient grains, IParkedConversations parked)
{
    /// <summary>Something of it is parked: whoever tries that again would have it happen in an erased conversation.</summary>
    public const string Parked = "parked";

    /// <param name="notAfter">Old enough is whose last message was then or before.</param>
    /// <param name="after">The last row of the page before; null: the first page.</param>
    public async ValueTask<ImmutableArray<DueConversation>> PageAsync(
        string channel, DateTimeOffset notAfter, ConversationRow? after, int length, CancellationToken cancellation)
    {
        var rows = await list.FindOverAsync(channel, notAfter, after, length, cancellation);
        if (rows.IsEmpty)
            return [];
        var stuck = await parked.ReadAsync(cancellation);
        return [.. await Task.WhenAll(rows.Select(row => LookAsync(row, stuck, cancellation)))];
    }

    private async Task<DueConversation> LookAsync(ConversationRow row, IReadOnlySet<string> stuck, CancellationToken cancellation)
    {
        if (stuck.Contains(row.Id))
            return new DueConversation(row, Parked, null);
        return await grains.AskAsync(Grain.Conversation(row.Id), new GetConversation(), cancellation) is ConversationView view
            ? new DueConversation(row, WhyLeft(view), view.LegalHold)
            : new DueConversation(row, "nothing_to_erase", null);
    }

    /// <summary>As the conversation would refuse it.</summary>
    private static string? WhyLeft(ConversationView view) => view switch
    {
        { CreatedAt: null } => "nothing_to_erase",
        { LegalHold: not null } => "on_legal_hold",
        _ when view.Status.IsWithPeople() || view.Status == ConversationStatus.WrapUp => "still_active",
        { TransferTo: not null } or { Callback: not null } or { SnoozedUntil: not null } or { WaitingMessages: > 0 } or { Replies.IsEmpty: false } or { Consults.IsEmpty: false } => "still_active",
        _ => null,
    };
}
