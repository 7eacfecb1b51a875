using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Neutral;

/// <summary>Calls in JSON of ours: what a program tells of one, and what it is told to do.</summary>
internal static class NeutralCalls
{
    /// <param name="region">See <see cref="PhoneAddress.Normalise"/>.</param>
    public static CallPost Read(NeutralBody.Call body, string? region, DateTimeOffset at)
    {
        var (step, link) = Place(body);
        // Where a call stands also says whose it is: an agent's side may be a call of its own at the provider.
        return new CallPost(step, "", link.GetValueOrDefault("call", body.Id), PhoneAddress.Normalise(body.From, region), link, at)
        {
            Speech = body.Speech ?? "",
            Keys = body.Keys ?? "",
            WasTaken = body.Taken,
            Recorded = body.Recording is { } recording ? new RecordedMessage(recording.Id, recording.Url, recording.Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null,
            Written = body.Written is { } written ? new WrittenMessage(written.Id, written.Text.Trim()) : null,
            Ended = body.Ended,
            Seconds = body.Seconds,
        };
    }

    public static WebhookAnswer Write(ImmutableArray<CallInstruction> instructions, CallPlan plan) =>
        new("application/json", JsonSerializer.Serialize(new NeutralSteps([.. instructions.Select(each => Step(each, plan))]), NeutralJson.Default.NeutralSteps));

    private static (string Step, ImmutableDictionary<string, string> Link) Place(NeutralBody.Call body)
    {
        if (body.Ended is not null)
            return (CallLinks.Status, Link(""));
        var then = (body.Then ?? "").TrimStart('/').Split('?', 2);
        return (then[0], Link(then.ElementAtOrDefault(1) ?? ""));

        ImmutableDictionary<string, string> Link(string query)
        {
            var link = FormText.Read(query);
            return body.Language is { Length: 2 } language && !link.ContainsKey("lang") ? link.SetItem("lang", language.ToLowerInvariant()) : link;
        }
    }

    private static NeutralStep Step(CallInstruction instruction, CallPlan plan) => instruction switch
    {
        CallInstruction.Say say => new NeutralStep.Say(TwimlText.Clean(say.Text), plan.Spoken(say.Language).Locale, plan.Spoken(say.Language).Voice),
        CallInstruction.Play play => new NeutralStep.Play(play.Address.AbsoluteUri),
        CallInstruction.Listen listen => new NeutralStep.Listen(
            listen.For switch
            {
                ListenFor.Key => "key",
                ListenFor.SpeechOrKey => "speech_or_key",
                _ => "speech_or_keys",
            },
            plan.Spoken(listen.Language).Locale, listen.Seconds, [.. listen.While.Select(each => Step(each, plan))], listen.Then),
        CallInstruction.Dial dial => new NeutralStep.Dial(dial.Number, dial.Whisper, dial.Then),
        CallInstruction.Record record => new NeutralStep.Record(record.Then, record.Kept, record.Written),
        CallInstruction.GoTo go => new NeutralStep.GoTo(go.Where),
        CallInstruction.HangUp => new NeutralStep.HangUp(),
        _ => throw new InvalidOperationException($"{instruction.GetType().Name} is no instruction."),
    };
}

/// <summary>What a program is told to do in a call, one after another.</summary>
internal sealed record NeutralSteps(ImmutableArray<NeutralStep> Steps);

/// <summary>See <see cref="CallInstruction"/>; what each means to a program stands in <c>docs/recipes/connect-sms-and-voice.md</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Play), "play")]
[JsonDerivedType(typeof(Listen), "listen")]
[JsonDerivedType(typeof(Dial), "dial")]
[JsonDerivedType(typeof(Record), "record")]
[JsonDerivedType(typeof(GoTo), "go_to")]
[JsonDerivedType(typeof(HangUp), "hang_up")]
internal abstract record NeutralStep
{
    public sealed record Say(string Text, string Language, string? Voice) : NeutralStep;

    public sealed record Play(string Url) : NeutralStep;

    public sealed record Listen(string For, string Language, int Seconds, ImmutableArray<NeutralStep> While, string Then) : NeutralStep;

    public sealed record Dial(string Number, string Whisper, string Then) : NeutralStep;

    public sealed record Record(string Then, string Recording, string? Transcript) : NeutralStep;

    public sealed record GoTo(string Then) : NeutralStep;

    public sealed record HangUp : NeutralStep;
}
