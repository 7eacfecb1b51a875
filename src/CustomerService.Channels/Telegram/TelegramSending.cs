using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Telegram;

/// <summary>One attempt to send one message.</summary>
internal sealed class TelegramSending(TelegramApi api, IAttachmentStore files, MessageToSend message)
{
    private const long LargestPicture = 10_000_000;

    public Task<SendOutcome> SendAsync(CancellationToken cancellation) => MessagePart.SendAsync(
        MessagePart.Of(message.Message, TelegramSettings.LongestText, text => text.Length), message, (part, index) => part switch
        {
            MessagePart.Words words => SendTextAsync(words.Text, index == 0, cancellation),
            MessagePart.File file => SendFileAsync(file.Attachment, cancellation),
            _ => throw new InvalidOperationException($"{part.GetType().Name} is no part of a message."),
        });

    private async Task<SendOutcome> SendTextAsync(string text, bool isFirst, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["chat_id"] = message.Inbound.Address,
            ["text"] = text,
            ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
        };
        if (isFirst && Quoted() is { } quoted)
            body["reply_parameters"] = new JsonObject { ["message_id"] = quoted, ["allow_sending_without_reply"] = true };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await api.SendAsync("sendMessage", content, cancellation);
    }

    private async Task<SendOutcome> SendFileAsync(Attachment file, CancellationToken cancellation)
    {
        await using var bytes = await files.OpenAsync(file.Reference, cancellation);
        if (bytes is null)
            return new SendOutcome.Failed($"the file {file.Name} is not kept any more");
        var isPicture = file is { MediaType: "image/jpeg" or "image/png", Bytes: <= LargestPicture };
        using var chat = new StringContent(message.Inbound.Address);
        using var part = new StreamContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.MediaType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { chat, "chat_id" }, { part, isPicture ? "photo" : "document", file.Name } };
        return await api.SendAsync(isPicture ? "sendPhoto" : "sendDocument", form, cancellation);
    }

    /// <summary>Quoting the last message would say what is plain; an older one has to be shown. Its number stands after the person's in our id.</summary>
    private long? Quoted() =>
        message.Message.InReplyTo is { } answered && answered != message.Inbound.MessageId && answered.Split('-') is [_, var number, ..]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
