using System.Globalization;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>What we give to WhatsApp with each part of a message, and get back with what becomes of it.</summary>
internal sealed record WhatsAppReceiptKey(string ConversationId, string MessageId, int Part, int Of)
{
    public bool IsLast => Part == Of;

    /// <returns>Null where the text is none of ours.</returns>
    public static WhatsAppReceiptKey? Parse(string text)
    {
        var values = FormText.Read(text);
        return values.GetValueOrDefault("conversation") is { Length: > 0 } conversation
            && values.GetValueOrDefault("message") is { Length: > 0 } message
            && int.TryParse(values.GetValueOrDefault("part"), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(values.GetValueOrDefault("of"), NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            ? new WhatsAppReceiptKey(conversation, message, part, of)
            : null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"conversation={Uri.EscapeDataString(ConversationId)}&message={Uri.EscapeDataString(MessageId)}&part={Part}&of={Of}");
}
