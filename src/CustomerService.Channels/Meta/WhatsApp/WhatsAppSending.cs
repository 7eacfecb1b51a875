using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>One attempt to send one message.</summary>
internal sealed class WhatsAppSending(WhatsAppSettings settings, GraphApi api, MessageToSend message)
{
    private const long LargestPicture = 5_000_000;
    private const long LargestSound = 16_000_000;

    public Task<SendOutcome> SendAsync(CancellationToken cancellation)
    {
        if (message.OutsideWindow)
            return SendTemplateAsync(cancellation);
        var parts = MessagePart.Of(message.Message, WhatsAppSettings.LongestText, text => text.Length);
        return MessagePart.SendAsync(parts, message, (part, index) => part switch
        {
            MessagePart.Words words => SendAsync("text", new JsonObject { ["body"] = words.Text, ["preview_url"] = false }, index + 1, parts.Length, cancellation),
            MessagePart.File file => SendFileAsync(file.Attachment, index + 1, parts.Length, cancellation),
            _ => throw new InvalidOperationException($"{part.GetType().Name} is no part of a message."),
        });
    }

    private async Task<SendOutcome> SendFileAsync(Attachment file, int part, int of, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string> { ["messaging_product"] = "whatsapp", ["type"] = file.MediaType };
        var (id, failure) = await api.UploadAsync($"{settings.NumberId}/media", file, "file", "id", form, cancellation);
        if (id is null)
            return failure!;
        var kind = KindOf(file);
        var body = new JsonObject { ["id"] = id };
        if (kind == "document")
            body["filename"] = file.Name;
        return await SendAsync(kind, body, part, of, cancellation);
    }

    private async Task<SendOutcome> SendTemplateAsync(CancellationToken cancellation)
    {
        if (WhatsAppTemplate.WhyNot(settings.Template, message.Message) is { } reason)
            return new SendOutcome.Failed(reason);
        var template = settings.Template!;
        var language = template.LanguageFor(message.Message.Language ?? message.Inbound.Metadata.GetValueOrDefault(ChannelMetadata.Language, ""));
        return await SendAsync("template", new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = new JsonObject { ["code"] = language },
            ["components"] = new JsonArray(new JsonObject
            {
                ["type"] = "body",
                ["parameters"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = WhatsAppTemplate.ParameterOf(message.Message.Text) }),
            }),
        }, 1, 1, cancellation);
    }

    private Task<SendOutcome> SendAsync(string type, JsonObject content, int part, int of, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["to"] = message.Inbound.Address.TrimStart('+'),
            ["type"] = type,
            [type] = content,
            ["biz_opaque_callback_data"] = new WhatsAppReceiptKey(message.ConversationId, message.Message.MessageId, part, of).ToString(),
        };
        // Quoting the last message would say what is plain; an older one has to be shown.
        if (part == 1 && message.Message.InReplyTo is { } answered && answered != message.Inbound.MessageId && answered.StartsWith("wamid.", StringComparison.Ordinal))
            body["context"] = new JsonObject { ["message_id"] = answered };
        return api.SendAsync($"{settings.NumberId}/messages", body, said => said.Items("messages").FirstOrDefault().Text("id"), cancellation);
    }

    /// <summary>What WhatsApp does not show goes as a document, which it always brings.</summary>
    private static string KindOf(Attachment file) => file switch
    {
        { MediaType: "image/jpeg" or "image/png", Bytes: <= LargestPicture } => "image",
        { MediaType: "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg", Bytes: <= LargestSound } => "audio",
        { MediaType: "video/mp4" or "video/3gpp", Bytes: <= LargestSound } => "video",
        _ => "document",
    };
}
