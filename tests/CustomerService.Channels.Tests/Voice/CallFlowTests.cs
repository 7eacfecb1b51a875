using System.Xml.Linq;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Tests.Voice;

public sealed class CallFlowTests
{
    private const string Here = "https://shop.example/api/channels/phone";

    private static readonly string[] Steps = ["", "call", "menu", "heard", "silence", "wait", "line", "dialed", "whisper", "accept", "recorded", "recording", "transcript", "status", "other"];

    /// <summary>The last two say nothing: an agent's file, and marks alone.</summary>
    private static readonly string[] Texts = ["Hello\n- one\n- [two](https://x.example/a?b)", "\ud800\u0001{0} {", "", "**"];

    private readonly ICallAccount _account = TestParts.Open<ICallAccount>(VoiceAccounts.Settings(new Uri("https://api.example.com")));

    [Fact]
    public void Music_IsPlayedWhileTheyWaitAndIsInterruptedByAKey()
    {
        var account = TestParts.Open<ICallAccount>(VoiceAccounts.Settings(new Uri("https://api.example.com"), "    hold_music: https://shop.example/music.mp3"));
        var sight = new ConversationSight(ConversationStatus.Queued, []) { Place = new CallPlace(2, null, false, false) };
        var answer = Assert.IsType<CallTurn.Answer>(account.Decide(Call(account, "wait?call=CA1&lang=en&round=1&told=2"), sight));
        var gather = XElement.Parse(answer.What.Body).Element("Gather")!;
        Assert.Equal(("dtmf", "https://shop.example/music.mp3"), (gather.Attribute("input")!.Value, gather.Element("Play")!.Value));
    }

    [Fact]
    public void CallbackThatIsRefused_IsNotPromised()
    {
        var sight = new ConversationSight(ConversationStatus.Queued, []) { Place = new CallPlace(2, null, true, false) };
        var call = Call(_account, "line?call=CA1&lang=en&round=1&told=2", ("Digits", "1"));
        Assert.IsType<RequestCallback>(Assert.IsType<CallTurn.Ask>(_account.Decide(call, sight)).What);
        var refused = _account.Decide(call, sight with { Outcome = Reply.Refuse("not_waiting", "No."), WaitedOut = true });
        Assert.DoesNotContain("Hangup", Assert.IsType<CallTurn.Answer>(refused).What.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void SameRequestAgain_BringsTheSameMessage()
    {
        var first = Call(_account, "heard?call=CA1&lang=en&turn=4", ("SpeechResult", "Hello"));
        var again = Call(_account, "heard?call=CA1&lang=en&turn=4", ("SpeechResult", "Hello"));
        Assert.Equal(IdOf(first), IdOf(again));
        Assert.Equal(first.ConversationId, again.ConversationId);
    }

    [Fact]
    public void WhateverIsAskedAndSeen_ThereIsADecisionWithinTwoMore()
    {
        var random = new Random(11);
        string[] values = ["", "0", "1", "9", "-1", "99999999999999999999", "en", "xx", "<x>", "\u0000", "CA1", "completed", "no-answer", "https://x.example", "anonymous", "+4915112345678", new string('9', 500)];
        string[] names = ["call", "lang", "after", "turn", "silent", "round", "told", "CallSid", "From", "Digits", "SpeechResult", "DialCallStatus", "CallStatus", "CallDuration", "RecordingUrl", "RecordingSid", "TranscriptionText", "TranscriptionSid"];
        for (var round = 0; round < 4_000; round++)
        {
            var form = names.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => values[random.Next(values.Length)]);
            form["AccountSid"] = PhoneCompany.AccountSid;
            form.TryAdd("CallSid", "CA1");
            var reading = Read(_account, Steps[random.Next(Steps.Length)], form);
            if (reading is not WebhookReading.InCall { Call: var call })
                continue;

            var sight = Sight(random);
            for (var more = 0; ; more++)
            {
                var turn = _account.Decide(call, sight);
                if (turn is CallTurn.Answer answer)
                {
                    Assert.Empty(PhoneCallGrammar.Faults(answer.What.Body));
                    break;
                }

                Assert.InRange(more, 0, 1);
                sight = turn is CallTurn.Wait ? sight with { WaitedOut = true } : sight with { Outcome = random.Next(2) == 0 ? Reply.Done : Reply.Refuse("no", "No.") };
            }
        }
    }

    private static string IdOf(CallRequest call) => Assert.IsType<ChannelEvent.Message>(Assert.Single(call.Events)).Interaction.Id;

    private static ConversationSight Sight(Random random) => new(
        (ConversationStatus)random.Next(Enum.GetValues<ConversationStatus>().Length),
        [.. Enumerable.Range(1, random.Next(3)).Select(number => new CallNews(number, Texts[random.Next(Texts.Length)]))])
    {
        AgentId = random.Next(2) == 0 ? "anna" : null,
        Queue = random.Next(2) == 0 ? "billing" : null,
        Place = random.Next(3) == 0 ? null : new CallPlace(random.Next(5), random.Next(2) == 0 ? "{1}" : null, random.Next(2) == 0, random.Next(2) == 0),
        CallbackTo = random.Next(3) == 0 ? "+1" : null,
        Brief = random.Next(2) == 0 ? "{0} {x" : null,
    };

    private static CallRequest Call(ICallAccount account, string step, params (string Name, string Value)[] values)
    {
        var form = values.ToDictionary(value => value.Name, value => value.Value);
        (form["AccountSid"], form["CallSid"], form["From"]) = (PhoneCompany.AccountSid, "CA1", "+15551112222");
        return Assert.IsType<WebhookReading.InCall>(Read(account, step, form)).Call;
    }

    private static WebhookReading Read(ICallAccount account, string step, Dictionary<string, string> form)
    {
        var url = step.Length == 0 ? Here : $"{Here}/{step}";
        return account.Read(TestParts.Form(url, form, (TwilioSignature.Header, TwilioSignature.Of(url, form, PhoneCompany.AuthToken))));
    }
}
