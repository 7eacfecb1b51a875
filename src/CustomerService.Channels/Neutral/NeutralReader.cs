using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Neutral;

/// <summary>What a program of the owner's posts.</summary>
internal sealed class NeutralReader(NeutralSettings settings)
{
    /// <summary>How far ahead of ours their clock may be.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    private readonly CallReader? _calls = settings.Calls is { } plan ? new CallReader(settings.Name, number: null, plan) : null;

    public WebhookReading Read(WebhookRequest request)
    {
        ImmutableArray<NeutralBody> bodies;
        try
        {
            bodies = IsArray(request.Body.Span)
                ? JsonSerializer.Deserialize(request.Body.Span, NeutralJson.Default.ImmutableArrayNeutralBody)
                : [JsonSerializer.Deserialize(request.Body.Span, NeutralJson.Default.NeutralBody)!];
        }
        // Beside what is no JSON: a type that there is none of, or halves of surrogate pairs.
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            return new WebhookReading.Refused(400, $"the body can't be read: {fault.Message}");
        }

        if (bodies.Any(body => body is null))
            return new WebhookReading.Refused(400, "the body has a null where a message, status, opt_out, typing or call is expected");
        if (bodies.Select(Fault).FirstOrDefault(fault => fault is not null) is { } wrong)
            return new WebhookReading.Refused(400, wrong);
        return bodies switch
        {
            [NeutralBody.Call call] => _calls!.Read(NeutralCalls.Read(call, settings.Region, request.ReceivedAt)),
            _ when bodies.Any(body => body is NeutralBody.Call) => new WebhookReading.Refused(400, "a call is posted alone: the answer says what to do in it"),
            _ => new WebhookReading.Genuine([.. bodies.Select(body => Event(body, request.ReceivedAt))]),
        };
    }

    private string? Fault(NeutralBody body) => body switch
    {
        NeutralBody.Message { Id.Length: 0 or > 200 } => "a message's id has 1 to 200 characters",
        NeutralBody.Message { From: var from } when IsBad(from) => "a message's from has 1 to 200 characters",
        NeutralBody.Message { Attachments: var files } when files.Any(file => file is null) => "an attachment has a url, and is not null",
        NeutralBody.OptOut { From: var from } when IsBad(from) => "an opt_out's from has 1 to 200 characters",
        NeutralBody.Typing { From: var from } when IsBad(from) => "a typing's from has 1 to 200 characters",
        // A program of one channel reports nothing of another's.
        NeutralBody.Status status when !status.Conversation.StartsWith(settings.Channel + "-", StringComparison.Ordinal) || status.Id.Length == 0 =>
            "a status names the conversation and the id as they stood in the message that was posted",
        NeutralBody.Call when _calls is null => "a call comes to an account of the channel voice",
        NeutralBody.Call call when call.Then is { Length: > 2_000 } => "a call's then is as it stood in the answer to the step before",
        NeutralBody.Status { What: not (DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read or DeliveryStatus.Failed) } =>
            "a status is sent, delivered, read or failed",
        _ => null,
    };

    private ChannelEvent Event(NeutralBody body, DateTimeOffset now) => body switch
    {
        NeutralBody.Message message => Message(message, now),
        NeutralBody.Status status => new ChannelEvent.Receipt(
            status.Conversation, new NoteReceipt(status.Id, null, null, status.What, status.What == DeliveryStatus.Failed ? status.Reason ?? "the other side does not say why" : null)),
        NeutralBody.OptOut optOut => new ChannelEvent.OptOut(ConversationOf(Address(optOut.From, optOut.Thread), optOut.Thread), new SetOptOut(optOut.OptedOut, optOut.Word ?? "")),
        NeutralBody.Typing typing => new ChannelEvent.Typing(ConversationOf(Address(typing.From, typing.Thread), typing.Thread)),
        _ => throw new InvalidOperationException($"{body.GetType().Name} is nothing that is posted."),
    };

    private ChannelEvent.Message Message(NeutralBody.Message message, DateTimeOffset now)
    {
        var metadata = ImmutableDictionary<string, string>.Empty;
        if (message.Language is { Length: 2 } language)
            metadata = metadata.Add(ChannelMetadata.Language, language.ToLowerInvariant());
        var at = message.At is { } written && written <= now + Leeway ? written.ToUniversalTime() : now;
        var address = Address(message.From, message.Thread ?? message.Id);
        var interaction = new Interaction(message.Id, settings.Channel, address, message.Text ?? "", at) { ChannelMetadata = metadata };
        return new ChannelEvent.Message(ConversationOf(address, message.Thread), interaction)
        {
            Media = [.. message.Attachments.Select((file, index) => new MediaReference(file.Url, file.Name ?? $"attachment-{index + 1}", file.MediaType ?? "application/octet-stream"))],
        };
    }

    private string ConversationOf(string address, string? thread) =>
        ConversationIds.Between(settings.Channel, settings.Name, thread is null ? address : $"{address}\n{thread}");

    /// <param name="own">What nobody else has: those who withhold their numbers are not all one customer.</param>
    private string Address(string from, string? own) => settings.Channel switch
    {
        ChannelNames.Sms or ChannelNames.Voice => PhoneAddress.Caller(from, settings.Region) ?? PhoneAddress.Withheld(own ?? ""),
        ChannelNames.Email => from.Trim().ToLowerInvariant(),
        _ => from.Trim(),
    };

    private static bool IsBad(string from) => string.IsNullOrWhiteSpace(from) || from.Length > 200;

    private static bool IsArray(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
}
