using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Twilio;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Sms;

/// <summary>Sends text messages, in parts where they are long, and finds again what may have been sent.</summary>
internal sealed class OutboundSms(SmsSettings settings, TwilioApi api, AccountParts parts)
{
    /// <summary>What Twilio took a moment ago may not be in its list yet: before a message counts as not sent, it is looked for once more.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    /// <summary>Between our clock and Twilio's, which tells whole seconds.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private readonly KnownMessages _known = new();

    public async Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation)
    {
        if (await MediaFaultAsync(message.Message.Attachments, cancellation) is { } fault)
            return new SendOutcome.Failed(fault);
        var texts = SmsParts.Of(message.Message.Text);
        var taken = ImmutableArray.CreateBuilder<string>();
        for (var part = message.Accepted; part < texts.Length; part++)
        {
            var outcome = await api.CreateMessageAsync(Form(message, texts[part], part + 1, texts.Length), cancellation);
            if (outcome is not SendOutcome.Accepted accepted)
                return outcome with { Parts = taken.ToImmutable() };
            taken.AddRange(accepted.Parts);
            _known.Add(accepted.Parts, message.Message.MessageId);
        }

        return new SendOutcome.Accepted(taken.ToImmutable());
    }

    public async Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation)
    {
        try
        {
            if (await LookAsync(message, cancellation) is { } found)
                return found;
            await Task.Delay(SecondLook, parts.Time, cancellation);
            return await LookAsync(message, cancellation) ?? new SendTrace.NotThere();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new SendTrace.NoWayToTell();
        }
    }

    private async Task<SendTrace?> LookAsync(MessageToSend message, CancellationToken cancellation)
    {
        var texts = SmsParts.Of(message.Message.Text)[message.Accepted..];
        var candidates = (await api.ListMessagesAsync(message.Inbound.Address, cancellation))
            .Where(sent => sent.IsOurs && sent.CreatedAt >= message.Inbound.ReceivedAt - Leeway && !_known.IsOfAnother(sent.Sid, message.Message.MessageId))
            .Reverse()
            .ToList();
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, text) in texts.Index())
        {
            var files = message.Accepted + index == 0 ? message.Message.Attachments.Length : 0;
            if (candidates.Find(sent => sent.Files == files && IsSame(sent.Body, text)) is not { } same)
                break;
            candidates.Remove(same);
            found.Add(same.Sid);
        }

        return found.Count == texts.Length ? new SendTrace.Found(found.ToImmutable()) : found.Count > 0 ? new SendTrace.Partly(found.ToImmutable()) : null;
    }

    private IEnumerable<KeyValuePair<string, string>> Form(MessageToSend message, string text, int part, int of)
    {
        yield return KeyValuePair.Create("To", message.Inbound.Address);
        if (message.Inbound.Metadata.GetValueOrDefault(InboundSms.OurNumber) is { Length: > 0 } ours)
            yield return KeyValuePair.Create("From", ours);
        else if (settings.Number is { } number)
            yield return KeyValuePair.Create("From", number);
        if (settings.MessagingServiceSid is { } service)
            yield return KeyValuePair.Create("MessagingServiceSid", service);
        if (text.Length > 0)
            yield return KeyValuePair.Create("Body", text);
        foreach (var file in part == 1 ? message.Message.Attachments : [])
            yield return KeyValuePair.Create("MediaUrl", parts.LinkTo(file)!.AbsoluteUri);
        if (parts.CallbackOf(settings.Name, SmsReceipts.PathOf(message.ConversationId, message.Message.MessageId, part, of)) is { } callback)
            yield return KeyValuePair.Create("StatusCallback", callback.AbsoluteUri);
    }

    /// <summary>What is wrong with the files, which all go with the first part; null: nothing.</summary>
    private async Task<string?> MediaFaultAsync(ImmutableArray<Attachment> files, CancellationToken cancellation)
    {
        if (files.IsEmpty)
            return null;
        if (files.Sum(file => file.Bytes) is var bytes and > SmsSettings.MostMediaBytes)
            return $"the files have {bytes:N0} bytes together, and Twilio takes {SmsSettings.MostMediaBytes:N0}";
        foreach (var file in files)
        {
            if (parts.LinkTo(file) is null)
                return "Twilio fetches files itself; add public_url to channels.yaml";
            await using var content = await parts.Files.OpenAsync(file.Reference, cancellation);
            if (content is null)
                return $"the file {file.Name} is not kept any more";
        }

        return null;
    }

    /// <summary>Twilio replaces quotation marks, dashes and spaces where that makes a message cheaper; letters and digits stay.</summary>
    private static bool IsSame(string theirs, string ours) => theirs.Trim() == ours.Trim() || (Essence(ours) is { Length: > 0 } essence && essence == Essence(theirs));

    private static string Essence(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
