using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Sms;

/// <summary>What Twilio reports of our messages. The address that it reports to says which message it is about; it is signed with the rest.</summary>
internal static class SmsReceipts
{
    public const string Path = "status";

    /// <summary>What follows the account's name in the address for reports about one part of a message.</summary>
    public static string PathOf(string conversationId, string messageId, int part, int parts) => string.Create(
        CultureInfo.InvariantCulture, $"{Path}?conversation={Uri.EscapeDataString(conversationId)}&message={Uri.EscapeDataString(messageId)}&part={part}&parts={parts}");

    public static WebhookReading Read(ImmutableDictionary<string, string> values)
    {
        if (values.GetValueOrDefault("conversation", "") is not { Length: > 0 } conversation || values.GetValueOrDefault("message", "") is not { Length: > 0 } message)
            return new WebhookReading.Refused(400, "a report that says no conversation or no message");

        var isLast = values.GetValueOrDefault("part") == values.GetValueOrDefault("parts");
        var word = values.GetValueOrDefault("MessageStatus") ?? values.GetValueOrDefault("SmsStatus", "");
        DeliveryStatus? status = word switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            "undelivered" or "failed" or "canceled" => DeliveryStatus.Failed,
            // Queued, sending, accepted, scheduled, and what is yet to be invented.
            _ => null,
        };
        // A message has failed with any of its parts, and has arrived with its last one.
        if (status is not { } news || (!isLast && news != DeliveryStatus.Failed))
            return new WebhookReading.Genuine([]);
        var reason = news == DeliveryStatus.Failed ? TwilioErrors.Explain(values.GetValueOrDefault("ErrorCode", ""), $"Twilio reports it as {word}") : null;
        var sid = values.GetValueOrDefault("MessageSid");
        return new WebhookReading.Genuine([new ChannelEvent.Receipt(conversation, new NoteReceipt(message, sid, null, news, reason))]);
    }
}
