using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>What Twilio's requests about a call mean.</summary>
internal sealed class CallReader(VoiceSettings settings)
{
    /// <summary>In the metadata: which number of ours they called.</summary>
    public const string OurNumber = "our_number";

    /// <summary>What Twilio says instead of a number that is withheld, and the keys that spell it.</summary>
    private static readonly ImmutableHashSet<string> Withheld =
        ["", "anonymous", "unknown", "restricted", "blocked", "unavailable", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"];

    public WebhookReading Read(WebhookRequest request, ImmutableDictionary<string, string> values)
    {
        // The agent's side is a call of its own; the address says to which it belongs.
        var callId = values.GetValueOrDefault("call") ?? values.GetValueOrDefault("CallSid", "");
        if (callId.Length is 0 or > 64)
            return new WebhookReading.Refused(400, "a request that names no call");
        var call = Moment(request, values, callId);
        return request.Rest switch
        {
            "" or "call" => InCall(call),
            CallLinks.Menu when Chosen(call) is { } language => InCall(call with { Step = CallStep.Chose, Language = language }),
            CallLinks.Menu or CallLinks.Heard => Spoke(call, values, request.ReceivedAt),
            CallLinks.Silence => InCall(call with { Step = CallStep.WasSilent }, Said(call)),
            CallLinks.Wait => InCall(call with { Step = CallStep.Waited }, Said(call)),
            CallLinks.Line => InCall(call with { Step = CallStep.PressedInLine }, Said(call)),
            CallLinks.Dialed => InCall(call with { Step = CallStep.Dialed, WasTaken = values.GetValueOrDefault("DialCallStatus") is "completed" or "answered" }, Said(call)),
            CallLinks.Whisper => InCall(call with { Step = CallStep.Whispers }),
            CallLinks.Accept => InCall(call with { Step = CallStep.TookIt }),
            CallLinks.Recorded => InCall(call with { Step = CallStep.LeftMessage }, Said(call)),
            CallLinks.Recording => Recording(call, values, request.ReceivedAt),
            CallLinks.Transcript => Transcript(call, values, request.ReceivedAt),
            CallLinks.Status => Status(call, values),
            var unknown => new WebhookReading.Refused(404, $"there is nothing at '{unknown}'; calls come to the account's own address, and their status to {CallLinks.Status}"),
        };
    }

    private CallMoment Moment(WebhookRequest request, ImmutableDictionary<string, string> values, string callId)
    {
        var from = PhoneAddress.Normalise(values.GetValueOrDefault("From", ""));
        var caller = Withheld.Contains(from.ToLowerInvariant()) ? null : from;
        var language = values.GetValueOrDefault("lang", "");
        return CallLinks.Read(values, new CallMoment(
            CallStep.Began, CallLinks.HomeOf(request), callId, caller,
            settings.Languages.Any(each => each.Language == language) ? language : settings.LanguageOf(caller))
        {
            Digits = values.GetValueOrDefault("Digits", ""),
        });
    }

    private string? Chosen(CallMoment call) => call.Digits is [>= '1' and <= '9' and var key] && key - '1' < settings.Languages.Length ? settings.Languages[key - '1'].Language : null;

    private WebhookReading.InCall Spoke(CallMoment call, ImmutableDictionary<string, string> values, DateTimeOffset at)
    {
        var text = values.GetValueOrDefault("SpeechResult", "").Trim();
        if (text.Length == 0)
            text = call.Digits == "0" ? VoicePhrases.In(call.Language).WantsPerson : call.Digits.Trim();
        if (text.Length == 0)
            return InCall(call with { Step = CallStep.WasSilent }, Said(call));

        var interaction = Interaction(call, $"{call.CallId}-{call.Turn}", text, at, values);
        if (values.GetValueOrDefault("Confidence", "") is { Length: > 0 and <= 16 } confidence)
            interaction = interaction with { ChannelMetadata = interaction.ChannelMetadata.SetItem("confidence", confidence) };
        return InCall(
            call with { Step = CallStep.Spoke, Turn = call.Turn + 1, Silences = 0, Round = 0 },
            Said(call), new ChannelEvent.Message(ConversationOf(call), interaction));
    }

    private WebhookReading.Genuine Recording(CallMoment call, ImmutableDictionary<string, string> values, DateTimeOffset at)
    {
        if (values.GetValueOrDefault("RecordingUrl", "") is not { Length: > 0 } url || values.GetValueOrDefault("RecordingSid", "") is not { Length: > 0 } sid)
            return new WebhookReading.Genuine([]);
        var text = string.Format(CultureInfo.InvariantCulture, VoicePhrases.In(call.Language).Voicemail, values.GetValueOrDefault("RecordingDuration", "?"));
        return new WebhookReading.Genuine([new ChannelEvent.Message(ConversationOf(call), Interaction(call, sid, text, at, values))
        {
            Media = [new MediaReference(url + ".mp3", "voice-message.mp3", "audio/mpeg")],
        }]);
    }

    private WebhookReading.Genuine Transcript(CallMoment call, ImmutableDictionary<string, string> values, DateTimeOffset at) =>
        values.GetValueOrDefault("TranscriptionText", "").Trim() is { Length: > 0 } text && values.GetValueOrDefault("TranscriptionSid", "") is { Length: > 0 } sid
            ? new WebhookReading.Genuine([new ChannelEvent.Message(ConversationOf(call), Interaction(call, sid, text, at, values))])
            : new WebhookReading.Genuine([]);

    private WebhookReading Status(CallMoment call, ImmutableDictionary<string, string> values)
    {
        var word = values.GetValueOrDefault("CallStatus", "");
        if (word is not ("completed" or "busy" or "failed" or "no-answer" or "canceled"))
            return new WebhookReading.Genuine([]);
        var seconds = int.TryParse(values.GetValueOrDefault("CallDuration", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
        var note = string.Create(CultureInfo.InvariantCulture, $"The call is over ({word}) after {seconds / 60}:{seconds % 60:00} min.");
        return InCall(call with { Step = CallStep.Ended }, new AddNote(settings.Name, note) { Id = $"{call.CallId}-over" });
    }

    private Interaction Interaction(CallMoment call, string id, string text, DateTimeOffset at, ImmutableDictionary<string, string> values) =>
        // Callers who withhold their numbers are not all one customer.
        new(id, ChannelNames.Voice, call.Caller ?? $"withheld-{call.CallId}", text, at)
        {
            ChannelMetadata = ImmutableDictionary<string, string>.Empty
                .Add(ChannelMetadata.Language, call.Language)
                .Add(OurNumber, settings.Number),
        };

    /// <summary>What was said before this step was heard; a caller may have hung up before it was said to its end, which nobody tells.</summary>
    private static ReportReceipt? Said(CallMoment call) => call.After > 0 ? new ReportReceipt(call.After, "delivered") : null;

    private WebhookReading.InCall InCall(CallMoment call, Command? report = null, params ImmutableArray<ChannelEvent> events) =>
        new(new CallRequest(ConversationOf(call), call) { Events = events, Reports = report is null ? [] : [report] });

    private string ConversationOf(CallMoment call) => ConversationIds.BegunBy(ChannelNames.Voice, settings.Name, call.CallId);
}
