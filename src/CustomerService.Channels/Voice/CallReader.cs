using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>What it means for the conversation, what a provider tells of a call.</summary>
/// <param name="number">Ours; null: the provider has not said.</param>
internal sealed class CallReader(string account, string? number, CallPlan plan)
{
    /// <summary>In the metadata: which number of ours they called.</summary>
    public const string OurNumber = "our_number";

    public WebhookReading Read(CallPost post)
    {
        if (post.CallId.Length is 0 or > 64)
            return new WebhookReading.Refused(400, "a request that names no call");
        var call = Moment(post);
        return post.Step switch
        {
            "" => InCall(call),
            CallLinks.Menu when Chosen(call) is { } language => InCall(call with { Step = CallStep.Chose, Language = language }),
            // A key that is not on the menu: they hear it again.
            CallLinks.Menu when post.Speech.Trim().Length == 0 && call.Digits is [not '0'] => InCall(call),
            CallLinks.Menu or CallLinks.Heard => Spoke(call, post),
            CallLinks.Silence => InCall(call with { Step = CallStep.WasSilent }, Said(call)),
            CallLinks.Wait => InCall(call with { Step = CallStep.Waited }, Said(call)),
            CallLinks.Line => InCall(call with { Step = CallStep.PressedInLine }, Said(call)),
            CallLinks.Dialed => InCall(call with { Step = CallStep.Dialed, WasTaken = post.WasTaken }, Said(call)),
            CallLinks.Whisper => InCall(call with { Step = CallStep.Whispers }),
            CallLinks.Accept => InCall(call with { Step = CallStep.TookIt }, TookIt(call)),
            CallLinks.Recorded => InCall(call with { Step = CallStep.LeftMessage }, Said(call)),
            CallLinks.Recording => post.Recorded is { } recorded ? Recording(call, post, recorded) : new WebhookReading.Genuine([]),
            CallLinks.Transcript => post.Written is { } written ? Transcript(call, post, written) : new WebhookReading.Genuine([]),
            CallLinks.Status => post.Ended is { } how ? Ended(call, how, post.Seconds) : new WebhookReading.Genuine([]),
            var unknown => new WebhookReading.Refused(404, $"there is nothing at '{unknown}'; calls come to the account's own address, and their status to {CallLinks.Status}"),
        };
    }

    private CallMoment Moment(CallPost post)
    {
        var caller = PhoneAddress.Caller(post.From);
        return CallLinks.Read(post.Link, new CallMoment(CallStep.Began, post.Home, post.CallId, caller, plan.LanguageFor(post.Link.GetValueOrDefault("lang"), caller))
        {
            Digits = post.Keys.Trim(),
        });
    }

    private string? Chosen(CallMoment call) => call.Digits is [>= '1' and <= '9' and var key] && key - '1' < plan.Languages.Length ? plan.Languages[key - '1'].Language : null;

    private WebhookReading.InCall Spoke(CallMoment call, CallPost post)
    {
        var text = post.Speech.Trim();
        if (text.Length == 0)
            text = call.Digits == "0" ? VoicePhrases.In(call.Language).WantsPerson : call.Digits;
        if (text.Length == 0)
            return InCall(call with { Step = CallStep.WasSilent }, Said(call));

        var message = Message(call, post, $"{call.CallId}-{call.Turn}", text);
        if (post.Confidence is { Length: > 0 and <= 16 } confidence)
            message = message with { Interaction = message.Interaction with { ChannelMetadata = message.Interaction.ChannelMetadata.SetItem("confidence", confidence) } };
        return InCall(call with { Step = CallStep.Spoke, Turn = call.Turn + 1, Silences = 0, Round = 0 }, Said(call), message);
    }

    /// <summary>Where nobody writes it down, the agents are told that they have to listen to it.</summary>
    private WebhookReading.InCall Recording(CallMoment call, CallPost post, RecordedMessage recorded)
    {
        var text = string.Format(CultureInfo.InvariantCulture, VoicePhrases.In(call.Language).Voicemail, recorded.Seconds);
        var message = Message(call, post, recorded.Id, text) with { Media = [new MediaReference(recorded.Address, "voice-message.mp3", "audio/mpeg")] };
        return InCall(call with { Step = CallStep.Kept }, plan.WrittenDown.Contains(call.Language) ? null : NotWritten(recorded.Id), message);
    }

    private WebhookReading.InCall Transcript(CallMoment call, CallPost post, WrittenMessage written) => written.Text.Length == 0
        ? InCall(call with { Step = CallStep.Kept }, NotWritten(written.Id))
        : InCall(call with { Step = CallStep.Kept }, null, Message(call, post, written.Id, written.Text));

    private AddNote NotWritten(string id) => new(account, "The message after the tone is not written down: listen to the recording.") { Id = $"{id}-not-written" };

    private WebhookReading.InCall Ended(CallMoment call, string how, int seconds)
    {
        var note = string.Create(CultureInfo.InvariantCulture, $"The call is over ({how}) after {seconds / 60}:{seconds % 60:00} min.");
        return InCall(call with { Step = CallStep.Ended }, new AddNote(account, note) { Id = $"{call.CallId}-over" });
    }

    private ChannelEvent.Message Message(CallMoment call, CallPost post, string id, string text)
    {
        var metadata = ImmutableDictionary<string, string>.Empty.Add(ChannelMetadata.Language, call.Language);
        // Callers who withhold their numbers are not all one customer.
        return new ChannelEvent.Message(ConversationOf(call), new Interaction(id, ChannelNames.Voice, call.Caller ?? PhoneAddress.Withheld(call.CallId), text, post.At)
        {
            ChannelMetadata = number is null ? metadata : metadata.Add(OurNumber, number),
        });
    }

    /// <summary>What was said before this step was heard; a caller may have hung up before it was said to its end, which nobody tells.</summary>
    private static ReportReceipt? Said(CallMoment call) => call.After > 0 ? new ReportReceipt(call.After, "delivered") : null;

    /// <summary>The two hear each other from now on, which is the answer that was owed.</summary>
    private static SpeakWithCustomer? TookIt(CallMoment call) => call.Rung is { } agent ? new SpeakWithCustomer(agent) { Id = $"{call.CallId}-{call.Turn}-{agent}-took" } : null;

    private WebhookReading.InCall InCall(CallMoment call, Command? report = null, params ImmutableArray<ChannelEvent> events) =>
        new(new CallRequest(ConversationOf(call), call) { CallbackFrom = plan.CallbackFrom, Events = events, Reports = report is null ? [] : [report] });

    private string ConversationOf(CallMoment call) => ConversationIds.BegunBy(ChannelNames.Voice, account, call.CallId);
}
