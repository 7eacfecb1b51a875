using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>One attempt to send one message. The access token says from which page.</summary>
internal sealed class PageSending(PageNetwork network, GraphApi api, MessageToSend message)
{
    public async Task<SendOutcome> SendAsync(CancellationToken cancellation)
    {
        // Meta gives people seven days. An assistant that claimed to be one would cost the owner the page.
        if (message.OutsideWindow && message.Message.Author != Author.Agent)
            return new SendOutcome.Failed("the customer last wrote more than 24 hours ago, and now only a person may write to them");
        return await MessagePart.SendAsync(MessagePart.Of(message.Message, network.LongestText, network.Size), message, (part, _) => part switch
        {
            MessagePart.Words words => SendAsync(new JsonObject { ["text"] = words.Text }, cancellation),
            MessagePart.File file => SendFileAsync(file.Attachment, cancellation),
            _ => throw new InvalidOperationException($"{part.GetType().Name} is no part of a message."),
        });
    }

    private async Task<SendOutcome> SendFileAsync(Attachment file, CancellationToken cancellation)
    {
        var type = file.MediaType.Split('/')[0] is "image" or "audio" or "video" ? file.MediaType.Split('/')[0] : "file";
        var form = new Dictionary<string, string>
        {
            ["message"] = new JsonObject { ["attachment"] = new JsonObject { ["type"] = type, ["payload"] = new JsonObject { ["is_reusable"] = true } } }.ToJsonString(),
        };
        if (network.Platform is { } platform)
            form["platform"] = platform;
        var (id, failure) = await api.UploadAsync("me/message_attachments", file, "filedata", "attachment_id", form, cancellation);
        return id is null
            ? failure!
            : await SendAsync(new JsonObject { ["attachment"] = new JsonObject { ["type"] = type, ["payload"] = new JsonObject { ["attachment_id"] = id } } }, cancellation);
    }

    private Task<SendOutcome> SendAsync(JsonObject content, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = message.Inbound.Address },
            ["messaging_type"] = message.OutsideWindow ? "MESSAGE_TAG" : "RESPONSE",
            ["message"] = content,
        };
        if (message.OutsideWindow)
            body["tag"] = "HUMAN_AGENT";
        return api.SendAsync("me/messages", body, said => said.Text("message_id"), cancellation);
    }
}
