using System.Globalization;
using System.Xml.Linq;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>A call that does what the called side's TwiML says, until it needs to hear something: then somebody says, presses or does nothing.</summary>
internal sealed class PhoneCall(PhoneCompany company, Uri number, string from, string to, Uri? status = null)
{
    private const int MostDocuments = 100;

    private readonly Queue<XElement> _rest = new();
    private Uri? _at;

    public string Sid { get; } = company.NextSid("CA");

    /// <summary>What the caller has heard, oldest first: <c>de-DE: Guten Tag</c>, or <c>♪ address</c>.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>What the agent has heard before being connected.</summary>
    public List<string> Whispered { get; } = [];

    /// <summary>What it stands at; null: the call is over.</summary>
    public XElement? At { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>The documents that it was given, oldest first.</summary>
    public List<string> Documents { get; } = [];

    private Uri Document => _at ?? number;

    public Task StartAsync() => FetchAsync(number, []);

    public Task SayAsync(string text) => AnswerAsync("Gather", "action", new() { ["SpeechResult"] = text, ["Confidence"] = "0.93" });

    public Task PressAsync(string keys) => AnswerAsync("Gather", "action", new() { ["Digits"] = keys });

    /// <summary>Nothing is said until the listening ends.</summary>
    public Task KeepSilentAsync()
    {
        Expect("Gather");
        return GoOnAsync();
    }

    /// <summary>Leaves a message after the tone. What was said is written down where that is wanted.</summary>
    /// <param name="said">Empty: the company can't write it down.</param>
    /// <param name="kept">See <see cref="PhoneCompany.KeepRecording"/>.</param>
    public async Task RecordAsync(string said, int seconds, Uri kept)
    {
        var record = Expect("Record");
        var recording = new Dictionary<string, string>
        {
            ["RecordingSid"] = company.NextSid("RE"),
            ["RecordingUrl"] = kept.AbsoluteUri,
            ["RecordingDuration"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["RecordingStatus"] = "completed",
        };
        var from = Document;
        await AnswerAsync("Record", "action", recording);
        await PostAsync(new Uri(from, record.Attribute("recordingStatusCallback")!.Value), recording);
        if (record.Attribute("transcribeCallback") is { } written)
        {
            await PostAsync(new Uri(from, written.Value), new(recording)
            {
                ["TranscriptionSid"] = company.NextSid("TR"),
                ["TranscriptionText"] = said,
                ["TranscriptionStatus"] = said.Length > 0 ? "completed" : "failed",
            });
        }
    }

    /// <summary>The agent's telephone is rung.</summary>
    /// <param name="picksUp">Whether anybody, or a mailbox, does.</param>
    /// <param name="pressesAKey">Whether it was a person.</param>
    public async Task RingAgentAsync(bool picksUp, bool pressesAKey)
    {
        var number = Expect("Dial").Element("Number")!;
        var agentCall = new Dictionary<string, string> { ["CallSid"] = company.NextSid("CA"), ["From"] = to, ["To"] = number.Value };
        var isTaken = false;
        if (picksUp)
        {
            var where = new Uri(Document, number.Attribute("url")!.Value);
            var whisper = Parse(await PostAsync(where, agentCall), isWhisper: true);
            Whispered.AddRange(whisper.Descendants("Say").Select(say => say.Value));
            if (pressesAKey)
            {
                var accepted = Parse(await PostAsync(new Uri(where, whisper.Element("Gather")!.Attribute("action")!.Value), new(agentCall) { ["Digits"] = "5" }), isWhisper: true);
                isTaken = !accepted.Elements("Hangup").Any();
            }
        }

        // Who picked up has completed the call, even where they did not take it.
        await AnswerAsync("Dial", "action", new()
        {
            ["DialCallSid"] = agentCall["CallSid"],
            ["DialCallStatus"] = picksUp ? "completed" : "no-answer",
            ["DialBridged"] = isTaken ? "true" : "false",
        });
    }

    public Task HangUpAsync() => EndAsync();

    private XElement Expect(string verb) => At?.Name.LocalName == verb
        ? At
        : throw new InvalidOperationException($"The call is at {(IsOver ? "its end" : At?.Name.LocalName)}, not at {verb}. Heard: {string.Join(" | ", Heard)}");

    private Task AnswerAsync(string verb, string then, Dictionary<string, string> values) => FetchAsync(new Uri(Document, Expect(verb).Attribute(then)!.Value), values);

    private async Task FetchAsync(Uri where, Dictionary<string, string> values)
    {
        _at = where;
        Load(await PostAsync(where, values));
        await GoOnAsync();
    }

    private async Task GoOnAsync()
    {
        for (var documents = 0; documents < MostDocuments;)
        {
            if (!_rest.TryDequeue(out var verb))
            {
                await EndAsync();
                return;
            }

            At = verb;
            switch (verb.Name.LocalName)
            {
                case "Say" or "Play" or "Pause":
                    Hear(verb);
                    break;
                case "Gather":
                    foreach (var each in verb.Elements())
                        Hear(each);
                    return;
                case "Dial" or "Record":
                    return;
                case "Hangup":
                    await EndAsync();
                    return;
                case "Redirect":
                    documents++;
                    _at = new Uri(Document, verb.Value);
                    Load(await PostAsync(Document, []));
                    break;
                default:
                    throw new InvalidOperationException($"There is no verb {verb.Name}.");
            }
        }

        throw new InvalidOperationException($"The call is sent in circles. Heard: {string.Join(" | ", Heard)}");
    }

    private void Load(string document)
    {
        Documents.Add(document);
        _rest.Clear();
        foreach (var verb in Parse(document, isWhisper: false).Elements())
            _rest.Enqueue(verb);
    }

    private static XElement Parse(string document, bool isWhisper)
    {
        var faults = PhoneCallGrammar.Faults(document, isWhisper).ToList();
        return faults.Count == 0 ? XElement.Parse(document) : throw new InvalidOperationException($"{string.Join("; ", faults)}:\n{document}");
    }

    private void Hear(XElement verb)
    {
        if (verb.Name.LocalName != "Pause")
            Heard.Add(verb.Name.LocalName == "Play" ? $"♪ {verb.Value}" : $"{verb.Attribute("language")!.Value}: {verb.Value}");
    }

    private async Task EndAsync()
    {
        if (IsOver)
            return;
        (IsOver, At) = (true, null);
        if (status is not null)
            await PostAsync(status, new() { ["CallStatus"] = "completed", ["CallDuration"] = "83" });
    }

    private async Task<string> PostAsync(Uri where, Dictionary<string, string> values)
    {
        var form = new Dictionary<string, string>
        {
            ["CallSid"] = Sid,
            ["AccountSid"] = PhoneCompany.AccountSid,
            ["From"] = from,
            ["To"] = to,
            ["Direction"] = "inbound",
            ["CallStatus"] = "in-progress",
            ["ApiVersion"] = "2010-04-01",
        };
        foreach (var (name, value) in values)
            form[name] = value;
        using var answer = await company.PostAsync(where, form);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? body : throw new HttpRequestException($"{where.AbsolutePath} answered {(int)answer.StatusCode}: {body}");
    }
}
