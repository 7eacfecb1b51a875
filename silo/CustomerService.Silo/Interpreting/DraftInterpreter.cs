using CustomerService.Gateway.Staff;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Translation;

namespace CustomerService.Silo.Interpreting;

/// <summary>Shows an agent what the customer would read.</summary>
internal sealed class DraftInterpreter(IGrainClient grains, ITranslator translator) : IDraftTranslation
{
    public async ValueTask<(TranslatedDraft? Draft, string? Reason)> TranslateAsync(
        ConversationView conversation, string? agentId, string text, string from, string to, CancellationToken cancellation)
    {
        var readers = await Readers.OfAsync(grains, conversation.CustomerId, agentId ?? conversation.AgentId, [from], cancellation);
        return await translator.TranslateAsync(new TranslationRequest(from, to, text) { Names = readers.Names }, cancellation) switch
        {
            TranslationOutcome.Translated done => (new TranslatedDraft(done.Text, to, done.Provider), null),
            TranslationOutcome.NotTranslated not => (null, not.Reason),
            var other => throw new System.Diagnostics.UnreachableException($"A translation can't come to {other}."),
        };
    }
}
