using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Staff;

/// <summary>Translates what an agent is about to send, for a look at it before. Whoever has translators implements it.</summary>
public interface IDraftTranslation
{
    /// <param name="from">ISO 639-1.</param>
    /// <param name="to">ISO 639-1.</param>
    /// <returns>The translation, or the reason why there is none.</returns>
    ValueTask<(TranslatedDraft? Draft, string? Reason)> TranslateAsync(
        ConversationView conversation, string? agentId, string text, string from, string to, CancellationToken cancellation);
}
