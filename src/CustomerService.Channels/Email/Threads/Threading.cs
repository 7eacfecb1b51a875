using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Email.Threads;

/// <summary>Finds the conversation that a letter belongs to, among those with its own sender only.</summary>
internal sealed class Threading(string account, ThreadToken tokens, IMailThreads threads)
{
    /// <param name="Related">Somebody else's conversation that the letter claims to answer: told to agents, shown to nobody.</param>
    public sealed record Place(string ConversationId, bool Begins, string? Related);

    public async Task<Place> FindAsync(LetterHead letter, CancellationToken cancellation)
    {
        var (theirs, related) = ByToken(letter);
        var known = await ByMailsAsync(letter, cancellation);
        var begun = ConversationIds.BegunBy(Grains.Conversations.ChannelNames.Email, account, $"{letter.Address}\n{letter.MessageId ?? letter.Id}");
        // The same letter once more comes to where it came before.
        var conversation = await threads.JoinAsync(letter.Address, letter.MessageId ?? letter.Id, theirs ?? known ?? begun, cancellation);
        return new Place(conversation, conversation == begun, related == conversation ? null : related);
    }

    private (string? Theirs, string? Related) ByToken(LetterHead letter)
    {
        string? related = null;
        foreach (var token in letter.Tokens.Concat(letter.Answers.Select(ThreadToken.In).OfType<string>()))
        {
            if (tokens.Read(token, letter.Address) is not { } named)
                continue;
            if (named.IsTheirs)
                return (named.ConversationId, null);
            related ??= named.ConversationId;
        }

        return (null, related);
    }

    private async Task<string?> ByMailsAsync(LetterHead letter, CancellationToken cancellation)
    {
        foreach (var answered in letter.Answers)
        {
            if (await threads.FindAsync(letter.Address, answered, cancellation) is { } conversation)
                return conversation;
        }

        return null;
    }
}
