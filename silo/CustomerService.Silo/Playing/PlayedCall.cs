using System.Globalization;
using System.Xml.Linq;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Voice;

namespace CustomerService.Silo.Playing;

/// <summary>A call by a customer: what is typed is spoken (a single digit, * or # is a key), what the system says is shown. Twilio's part is played too.</summary>
/// <param name="listen">What the caller says next; null: they hang up.</param>
internal sealed class PlayedCall(VoiceSettings account, ProviderDoor door, string from, Func<Task<string?>> listen, Action<string> show, TimeProvider time, TimeSpan patience)
{
    private const string Keys = "0123456789*#";

    private readonly Dictionary<string, string> _call = new()
    {
        ["CallSid"] = $"CA{Guid.NewGuid():n}",
        ["AccountSid"] = account.Credentials.AccountSid,
        ["From"] = PhoneAddress.Normalise(from),
        ["To"] = account.Number,
        ["CallStatus"] = "in-progress",
        ["Direction"] = "inbound",
        ["ApiVersion"] = "2010-04-01",
    };

    private DateTimeOffset _lastHeard;

    /// <returns>Whether it ended as calls do: false where the caller waited for an answer in vain.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellation)
    {
        var began = _lastHeard = time.GetUtcNow();
        var next = (Step?)new Step(door.AddressOf(account.Name), []);
        while (next is not null && time.GetUtcNow() - _lastHeard < patience)
            next = await FollowAsync(XDocument.Parse(await PostAsync(next, cancellation)).Root!);

        var seconds = (int)(time.GetUtcNow() - began).TotalSeconds;
        await PostAsync(
            new Step($"{door.AddressOf(account.Name)}/status", [("CallStatus", "completed"), ("CallDuration", seconds.ToString(CultureInfo.InvariantCulture))]), cancellation);
        return next is null;
    }

    /// <summary>Does what it is told to; where to go on, or null: it is over.</summary>
    private async Task<Step?> FollowAsync(XElement instructions)
    {
        foreach (var each in instructions.Elements())
        {
            switch (each.Name.LocalName)
            {
                case "Gather":
                    Hear(each.Elements("Say"));
                    return await listen() is { } said ? new Step(each.Attribute("action")!.Value, [said is [var key] && Keys.Contains(key, StringComparison.Ordinal) ? ("Digits", said) : ("SpeechResult", said)]) : null;
                case "Record":
                    show("(the tone: the system records)");
                    if (await listen() is not { } message)
                        return null;
                    if (each.Attribute("transcribeCallback")?.Value is { } written)
                        await PostAsync(new Step(written, [("TranscriptionText", message), ("TranscriptionSid", $"TR{Guid.NewGuid():n}")]), CancellationToken.None);
                    return new Step(each.Attribute("action")!.Value, []);
                case "Dial":
                    show($"(the telephone {each.Value} is rung: an agent's; nobody picks up here)");
                    return new Step(each.Attribute("action")!.Value, [("DialCallStatus", "no-answer")]);
                case "Redirect":
                    return new Step(each.Value, []);
                case "Hangup":
                    return null;
                default:
                    Hear([each]);
                    break;
            }
        }

        return null;
    }

    private void Hear(IEnumerable<XElement> said)
    {
        foreach (var each in said.Where(each => each.Name.LocalName == "Say"))
        {
            _lastHeard = time.GetUtcNow();
            show($"voice: {each.Value}");
        }
    }

    private Task<string> PostAsync(Step step, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>(_call);
        foreach (var (name, value) in step.Values)
            form[name] = value;
        return door.PostAsync(step.Address, new FormUrlEncodedContent(form), TwilioSignature.Header, TwilioSignature.Of(step.Address, form, account.Credentials.AuthToken), cancellation);
    }

    private sealed record Step(string Address, (string Name, string Value)[] Values);
}
