using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Voice;

/// <summary>What Twilio's requests about a call tell.</summary>
internal static class TwilioCalls
{
    public static CallPost Read(WebhookRequest request, ImmutableDictionary<string, string> values)
    {
        var step = request.Rest == "call" ? "" : request.Rest;
        return new CallPost(
            step, CallLinks.HomeOf(request), values.GetValueOrDefault("call") ?? values.GetValueOrDefault("CallSid", ""), values.GetValueOrDefault("From", ""), values, request.ReceivedAt)
        {
            Speech = values.GetValueOrDefault("SpeechResult", ""),
            Confidence = values.GetValueOrDefault("Confidence", ""),
            Keys = values.GetValueOrDefault("Digits", ""),
            WasTaken = WasTaken(values),
            Recorded = step == CallLinks.Recording && values.GetValueOrDefault("RecordingUrl", "") is { Length: > 0 } url && values.GetValueOrDefault("RecordingSid", "") is { Length: > 0 } recording
                ? new RecordedMessage(recording, url + ".mp3", values.GetValueOrDefault("RecordingDuration", "?"))
                : null,
            Written = step == CallLinks.Transcript && values.GetValueOrDefault("TranscriptionSid", "") is { Length: > 0 } transcription
                ? new WrittenMessage(transcription, values.GetValueOrDefault("TranscriptionText", "").Trim())
                : null,
            Ended = step == CallLinks.Status && values.GetValueOrDefault("CallStatus", "") is "completed" or "busy" or "failed" or "no-answer" or "canceled" ? values["CallStatus"] : null,
            Seconds = int.TryParse(values.GetValueOrDefault("CallDuration", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
        };
    }

    /// <summary>An agent who picks up and does not take the call has completed it too; only <c>DialBridged</c> tells whether the two were connected.</summary>
    private static bool WasTaken(ImmutableDictionary<string, string> values) =>
        values.GetValueOrDefault("DialCallStatus") is "completed" or "answered" && values.GetValueOrDefault("DialBridged", "true") != "false";
}
