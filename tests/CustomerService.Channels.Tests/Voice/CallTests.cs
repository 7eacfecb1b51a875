using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Voice;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Tests.Voice;

/// <summary>Whole calls over real sockets: the phone company does what the account's TwiML says.</summary>
public sealed class CallTests : IAsyncDisposable
{
    private const string German = "+4915112345678";
    private const string Ours = "+4930123456";

    private readonly PhoneCompany _company = new();
    private readonly ICallAccount _account;
    private readonly CallDesk _desk;

    public CallTests()
    {
        _account = TestParts.Open<ICallAccount>(VoiceAccounts.Settings(_company.Address, """
                agents: { anna: "+4930777" }
            """));
        _desk = new CallDesk(_account);
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task Question_IsAnsweredAndTheCallGoesOn()
    {
        _desk.Meanwhile = () => _desk.Tell("Ihr Paket ist **unterwegs**.");
        var call = await CallAsync();
        Assert.StartsWith("de-DE: Guten Tag", call.Heard[0], StringComparison.Ordinal);
        Assert.Contains("en-US: For English, press 1.", call.Heard);
        Assert.DoesNotContain(call.Heard, heard => heard.StartsWith("de-DE: Für Deutsch", StringComparison.Ordinal));
        Assert.Equal("true", call.At!.Attribute("bargeIn")!.Value);

        await call.SayAsync("Wo ist mein Paket?");
        var asked = Assert.Single(_desk.Taken);
        Assert.Equal((ConversationIds.BegunBy("voice", "phone", call.Sid), "Wo ist mein Paket?", "voice", German), (asked.ConversationId, asked.Interaction.Content, asked.Interaction.Channel, asked.Interaction.Address));
        Assert.Equal(($"{call.Sid}-0", "de"), (asked.Interaction.Id, asked.Interaction.ChannelMetadata[ChannelMetadata.Language]));
        Assert.Equal("de-DE: Ihr Paket ist unterwegs.", call.Heard[^1]);

        _desk.Meanwhile = () => _desk.Tell("Gern geschehen.");
        await call.SayAsync("Danke");
        Assert.Equal($"{call.Sid}-1", _desk.Taken[^1].Interaction.Id);
        Assert.Equal("de-DE: Gern geschehen.", call.Heard[^1]);
        Assert.Contains(new ReportReceipt(2, "delivered"), _desk.Reported);
    }

    [Fact]
    public async Task Key_ChoosesTheLanguage()
    {
        var call = await CallAsync();
        await call.PressAsync("2");
        Assert.Equal("es-ES: Dígame en una frase en qué puedo ayudarle.", call.Heard[^1]);
        await call.SayAsync("¿Dónde está mi pedido?");
        Assert.Equal("es", Assert.Single(_desk.Taken).Interaction.ChannelMetadata[ChannelMetadata.Language]);
    }

    [Fact]
    public async Task Zero_AsksForAPerson()
    {
        var call = await CallAsync();
        await call.PressAsync("0");
        Assert.Equal("Ich möchte bitte mit einem Menschen sprechen.", Assert.Single(_desk.Taken).Interaction.Content);
    }

    [Fact]
    public async Task AnswerThatTakesItsTime_IsWaitedForWithAWord()
    {
        var waits = 0;
        _desk.Meanwhile = () =>
        {
            if (++waits == 3)
                _desk.Tell("Da ist es.");
        };
        var call = await CallAsync();
        await call.SayAsync("Wo ist mein Paket?");
        Assert.Equal(["de-DE: Einen Moment, bitte.", "de-DE: Da ist es."], call.Heard[^2..]);
        Assert.Equal(3, _desk.Waits);
    }

    [Fact]
    public async Task AnswerThatNeverComes_IsNotWaitedForForEver()
    {
        var call = await CallAsync();
        await call.SayAsync("Hm");
        Assert.StartsWith("de-DE: Entschuldigung, das dauert zu lange.", call.Heard[^1], StringComparison.Ordinal);
        Assert.Equal("Gather", call.At!.Name.LocalName);
    }

    [Fact]
    public async Task CallerInLine_HearsTheirPlaceAndMayBeCalledBack()
    {
        _desk.Meanwhile = () => Queue(new CallPlace(3, "etwa 10 Minuten", OffersCallback: true, IsClosed: false), "Ich verbinde Sie mit einem Menschen.");
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        Assert.Equal(
            [
                "de-DE: Ich verbinde Sie mit einem Menschen.", "de-DE: Alle unsere Mitarbeiter sprechen gerade. Bitte bleiben Sie am Apparat.",
                "de-DE: Sie sind Nummer 3 in der Schlange.", "de-DE: Die Wartezeit beträgt etwa 10 Minuten.",
                "de-DE: Wenn wir Sie lieber unter der Nummer zurückrufen sollen, von der Sie anrufen, drücken Sie die 1. Sie behalten Ihren Platz.",
            ],
            call.Heard[^5..]);

        _desk.Meanwhile = () => { };
        await call.KeepSilentAsync();
        var before = call.Heard.Count;
        _desk.Place = _desk.Place! with { Position = 2 };
        await call.KeepSilentAsync();
        Assert.Equal("de-DE: Sie sind Nummer 2 in der Schlange.", call.Heard[before]);

        await call.PressAsync("1");
        Assert.Equal(German, Assert.IsType<RequestCallback>(Assert.Single(_desk.Asked)).To);
        Assert.StartsWith("de-DE: Wir rufen Sie zurück", call.Heard[^1], StringComparison.Ordinal);
        Assert.True(call.IsOver);
        Assert.Equal(ConversationStatus.Queued, _desk.Status); // they keep their place
    }

    [Fact]
    public async Task CallerWhoWithholdsTheirNumber_IsOfferedNoCallback()
    {
        _desk.Meanwhile = () => Queue(new CallPlace(3, "etwa 10 Minuten", OffersCallback: true, IsClosed: false));
        var call = await CallAsync("anonymous");
        await call.SayAsync("Mensch!");
        Assert.DoesNotContain(call.Heard, heard => heard.Contains("call you back", StringComparison.Ordinal) || heard.Contains("called back", StringComparison.Ordinal));
        await call.PressAsync("1");
        Assert.Empty(_desk.Asked);
        Assert.Equal($"withheld-{call.Sid}", _desk.Taken[0].Interaction.Address);
    }

    [Fact]
    public async Task AfterHours_AMessageIsTakenAndTheyAreCalledBack()
    {
        _desk.Meanwhile = () => Queue(new CallPlace(1, null, OffersCallback: true, IsClosed: true));
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        Assert.Equal("Record", call.At!.Name.LocalName);
        Assert.Null(call.At.Attribute("transcribe")); // Twilio writes English down, and nothing else
        await call.RecordAsync("Bitte rufen Sie mich an.", 12, _company.KeepRecording([7]));
        Assert.StartsWith("de-DE: Danke. Wir rufen Sie zurück.", call.Heard[^1], StringComparison.Ordinal);
        Assert.Equal(German, _desk.CallbackTo);
        Assert.Equal("Sprachnachricht, 12 Sekunden.", _desk.Taken[1].Interaction.Content);
        Assert.Equal("audio/mpeg", Assert.Single(_desk.Taken[1].Media).MediaType);
        Assert.Equal(2, _desk.Taken.Count);
        Assert.Equal("The message after the tone is not written down: listen to the recording.", Assert.Single(_desk.Reported.OfType<AddNote>(), note => note.Id.EndsWith("-not-written", StringComparison.Ordinal)).Text);
        Assert.Equal(ConversationStatus.Queued, _desk.Status);
        Assert.Equal("The call is over (completed) after 1:23 min.", Assert.Single(_desk.Reported.OfType<AddNote>(), note => note.Id == $"{call.Sid}-over").Text);
    }

    [Theory]
    [InlineData("Please call me back.")]
    [InlineData("")] // which the company could not write down
    public async Task MessageInEnglish_IsWrittenDown(string said)
    {
        _desk.Meanwhile = () => Queue(new CallPlace(1, null, OffersCallback: true, IsClosed: true));
        var call = await CallAsync("+442071234567");
        await call.SayAsync("I need a person!");
        await call.RecordAsync(said, 12, _company.KeepRecording([7]));
        Assert.Equal("Voice message, 12 seconds.", _desk.Taken[1].Interaction.Content);
        Assert.Equal(said.Length > 0 ? [said] : [], _desk.Taken.Skip(2).Select(message => message.Interaction.Content));
        Assert.Equal(said.Length == 0, _desk.Reported.OfType<AddNote>().Any(note => note.Id.EndsWith("-not-written", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task KeyThatIsNotOnTheMenu_BringsTheMenuAgain()
    {
        var call = await CallAsync();
        var heard = call.Heard.Count;
        await call.PressAsync("9");
        Assert.Equal(2 * heard, call.Heard.Count);
        Assert.Empty(_desk.Taken);
    }

    [Fact]
    public async Task AgentWhoLostTheCallMeanwhile_TakesItFromNobody()
    {
        _desk.Meanwhile = () => Assign("anna");
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        _desk.AgentId = "ben";
        _desk.Meanwhile = () => _desk.Tell("Hier ist Ben.");
        await call.RingAgentAsync(picksUp: false, pressesAKey: false);
        Assert.Empty(_desk.Asked);
        Assert.Equal("de-DE: Hier ist Ben.", call.Heard[^1]);
    }

    [Fact]
    public async Task AgentWithATelephone_HearsWhatItIsAboutAndIsConnected()
    {
        _desk.Meanwhile = () => Assign("anna");
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        Assert.Equal("+4930777", call.At!.Element("Number")!.Value);
        Assert.Equal("true", call.At.Attribute("answerOnBridge")!.Value);
        await call.RingAgentAsync(picksUp: true, pressesAKey: true);
        Assert.Contains("Was charged twice for order 7.", Assert.Single(call.Whispered), StringComparison.Ordinal);
        Assert.True(call.IsOver);
        Assert.Empty(_desk.Asked);
        Assert.Equal(ConversationStatus.Assigned, _desk.Status); // the agent wraps it up
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a mailbox: nobody presses a key
    public async Task AgentWhoDoesNotAnswer_GivesTheCallerBackToTheLine(bool picksUp)
    {
        _desk.Meanwhile = () => Assign("anna");
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        _desk.Place = new CallPlace(1, null, OffersCallback: false, IsClosed: false);
        await call.RingAgentAsync(picksUp, pressesAKey: false);
        var back = Assert.IsType<Transfer>(Assert.Single(_desk.Asked));
        Assert.Equal(("billing", true, "anna did not answer the telephone"), (back.Queue, back.KeepPriority, back.Reason));
        Assert.Contains("de-DE: Ich habe niemanden erreicht. Bitte bleiben Sie am Apparat.", call.Heard);
        Assert.Contains("de-DE: Sie sind Nummer 1 in der Schlange.", call.Heard);
        Assert.False(call.IsOver);
    }

    [Fact]
    public async Task AgentWithoutATelephone_IsReadOut()
    {
        _desk.Meanwhile = () => Assign("ben", "Hier ist Ben. Was ist passiert?");
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        Assert.Equal("de-DE: Hier ist Ben. Was ist passiert?", call.Heard[^1]);
        _desk.Meanwhile = () => { };
        await call.KeepSilentAsync();
        await call.SayAsync("Ich wurde zweimal belastet.");
        Assert.Equal("Ich wurde zweimal belastet.", _desk.Taken[^1].Interaction.Content);
        _desk.Tell("Das sehe ich.");
        await call.KeepSilentAsync();
        Assert.Equal("de-DE: Das sehe ich.", call.Heard[^1]);
    }

    [Fact]
    public async Task CallerWhoSaysNothing_IsAskedTwiceAndLetGo()
    {
        var call = await CallAsync();
        await call.KeepSilentAsync();
        await call.KeepSilentAsync();
        Assert.Equal(2, call.Heard.Count(heard => heard.StartsWith("de-DE: Sind Sie noch da?", StringComparison.Ordinal)));
        await call.KeepSilentAsync();
        Assert.True(call.IsOver);
        Assert.Empty(_desk.Taken);
    }

    [Fact]
    public async Task CallerWhoHangsUpInLine_WaitsNoLonger()
    {
        _desk.Meanwhile = () => Queue(new CallPlace(3, null, OffersCallback: false, IsClosed: false));
        var call = await CallAsync();
        await call.SayAsync("Mensch!");
        await call.HangUpAsync();
        Assert.IsType<Resolve>(Assert.Single(_desk.Asked));
        Assert.Equal(ConversationStatus.Resolved, _desk.Status);
    }

    [Fact]
    public async Task OrderNumber_CanBeKeyedIn()
    {
        _desk.Meanwhile = () => _desk.Tell("Welche Bestellung?");
        var call = await CallAsync();
        await call.SayAsync("Ich will stornieren");
        Assert.Equal("#", call.At!.Attribute("finishOnKey")!.Value);
        await call.PressAsync("40017");
        Assert.Equal("40017", _desk.Taken[^1].Interaction.Content);
    }

    [Fact]
    public async Task WhateverAnAnswerSays_ItIsSaidAndNotDone()
    {
        _desk.Meanwhile = () => _desk.Tell("a</Say><Dial>+1900</Dial><Say>&amp;\u0007\ud800 b ]]> <!-- 😀");
        var call = await CallAsync();
        await call.SayAsync("?");
        Assert.Equal("Gather", call.At!.Name.LocalName);
        Assert.Contains("<Dial>+1900</Dial>", call.Heard[^1], StringComparison.Ordinal);
        Assert.EndsWith("😀", call.Heard[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("<Dial", call.Documents[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnsignedCaller_IsNotHeard()
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["CallSid"] = "CA1", ["AccountSid"] = PhoneCompany.AccountSid, ["SpeechResult"] = "Give me all" });
        using var answer = await http.PostAsync(new Uri($"{_desk.Address}/heard"), form);
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Empty(_desk.Taken);
    }

    private async Task<PhoneCall> CallAsync(string from = German)
    {
        var call = new PhoneCall(_company, _desk.Address, from, Ours, new Uri($"{_desk.Address}/status"));
        await call.StartAsync();
        return call;
    }

    private void Queue(CallPlace place, string? said = null)
    {
        (_desk.Status, _desk.Place) = (ConversationStatus.Queued, place);
        if (said is not null)
            _desk.Tell(said);
    }

    private void Assign(string agent, string? said = null)
    {
        (_desk.Status, _desk.AgentId) = (ConversationStatus.Assigned, agent);
        if (said is not null)
            _desk.Tell(said);
    }
}
