using System.Collections.Immutable;
using CustomerService.Channels.Intake;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

// On the way to a person: in line, called back later, after hours, connected.
internal sealed partial class CallFlow
{
    /// <summary>How often, in rounds of waiting, the place in line is told again where nothing changes.</summary>
    private const int TellAgain = 7;

    /// <summary>How long a queue takes to count who joins it, at most.</summary>
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(1);

    private CallTurn InLine(CallMoment call, ConversationSight sight)
    {
        var phrases = VoicePhrases.In(call.Language);
        var said = Said(call, sight);
        if (sight.CallbackTo is not null)
            return Answer([.. said, Say(call, phrases.CallbackPromised), new CallInstruction.HangUp()]);
        if (sight.Place is { IsClosed: true })
            return Answer([.. said, Say(call, phrases.ClosedLeaveMessage), Record(call), Say(call, phrases.Goodbye), new CallInstruction.HangUp()]);

        // The queue counts who joins it a moment later; before that nobody knows whether it is open.
        var place = sight.Place;
        if (place is null && call is { Round: 0, Told: 0 } && !sight.WaitedOut)
            return new CallTurn.Wait(Counting);

        var next = Heard(call, sight);
        next = next with { Told = place?.Position ?? call.Told, Round = call.Round + 1 };
        if (!said.IsEmpty || call.Round % TellAgain == 0 || (place is { Position: var at } && (call.Told == 0 || at < call.Told)))
            return HoldLine(next, [.. said, .. Announcement(call, place)], seconds: 3);
        if (plan.HoldMusic is { } music)
            return HoldLine(next with { Told = call.Told }, [new CallInstruction.Play(music)], seconds: 1);
        return sight.WaitedOut ? HoldLine(next with { Told = call.Told }, [], seconds: 2) : new CallTurn.Wait(Patience);
    }

    /// <summary>Says or plays something, with an ear for the key that asks for a callback.</summary>
    private CallTurn.Answer HoldLine(CallMoment call, ImmutableArray<CallInstruction> @while, int seconds) => Answer(
        new CallInstruction.Listen(ListenFor.Key, call.Language, @while, CallLinks.To(CallLinks.Line, call), seconds),
        new CallInstruction.GoTo(CallLinks.To(CallLinks.Wait, call)));

    private static IEnumerable<CallInstruction> Announcement(CallMoment call, CallPlace? place)
    {
        var phrases = VoicePhrases.In(call.Language);
        if (call.Told == 0)
            yield return Say(call, phrases.InLine);
        if (place is null)
            yield break;
        yield return Say(call, Words(phrases.Place, place.Position));
        if (place.Wait is { } wait)
            yield return Say(call, Words(phrases.Wait, wait));
        if (place.OffersCallback && call.Caller is not null)
            yield return Say(call, phrases.OfferCallback);
    }

    private CallTurn PressedInLine(CallMoment call, ConversationSight sight) =>
        call.Digits == "1" && call.Caller is not null && sight is { Outcome: null, CallbackTo: null, Place.OffersCallback: true } && sight.Status.IsInLine()
            ? new CallTurn.Ask(new RequestCallback(By, call.Caller, NotBefore: null))
            : Continue(call, sight);

    /// <summary>Who has a telephone is connected; who has none writes in the console, and is read out.</summary>
    private CallTurn WithAgent(CallMoment call, ConversationSight sight)
    {
        var said = Said(call, sight);
        var next = Heard(call, sight);
        if (sight.AgentId is { } agent && plan.Agents.TryGetValue(agent, out var number))
        {
            return Answer([
                .. said,
                Say(call, VoicePhrases.In(call.Language).Connecting),
                new CallInstruction.Dial(number, CallLinks.To(CallLinks.Whisper, next with { Rung = agent }), CallLinks.To(CallLinks.Dialed, next with { Rung = agent }))]);
        }

        if (said.IsEmpty && !sight.WaitedOut)
            return new CallTurn.Wait(Patience);
        return Answer(
            new CallInstruction.Listen(ListenFor.SpeechOrKeys, call.Language, said, CallLinks.To(CallLinks.Heard, next), Seconds: 3),
            new CallInstruction.GoTo(CallLinks.To(CallLinks.Wait, next)));
    }

    /// <summary>In the shop's own language, which is its first.</summary>
    private CallTurn.Answer Whisper(CallMoment call, ConversationSight sight)
    {
        var language = plan.Languages[0].Language;
        var text = Words(VoicePhrases.In(language).Whisper, SpokenText.Of(sight.Brief ?? ""));
        return Answer(
            new CallInstruction.Listen(ListenFor.Key, language, [new CallInstruction.Say(text, language)], CallLinks.To(CallLinks.Accept, call)),
            // Nobody pressed a key: a mailbox, perhaps. The caller stays with us.
            new CallInstruction.HangUp());
    }

    private CallTurn Dialed(CallMoment call, ConversationSight sight)
    {
        if (call.WasTaken)
            return Answer(Say(call, VoicePhrases.In(call.Language).Goodbye), new CallInstruction.HangUp());
        if (sight.Status.IsHeld() && sight.AgentId == call.Rung && sight is { Outcome: null, Queue: { } queue })
            return new CallTurn.Ask(new Transfer(queue, 0, $"{sight.AgentId} did not answer the telephone", By) { KeepPriority = true });
        return Answer(
            Say(call, VoicePhrases.In(call.Language).NotReached),
            new CallInstruction.GoTo(CallLinks.To(CallLinks.Wait, call with { Round = 0, Told = 0, Rung = null })));
    }

    /// <summary>Who leaves a message wants to hear from us, where they can be reached.</summary>
    private CallTurn LeftMessage(CallMoment call, ConversationSight sight)
    {
        if (call.Caller is not null && sight is { Outcome: null, CallbackTo: null } && sight.Status.IsInLine())
            return new CallTurn.Ask(new RequestCallback(By, call.Caller, NotBefore: null));
        var phrases = VoicePhrases.In(call.Language);
        return Answer(Say(call, sight.CallbackTo is null ? phrases.Goodbye : phrases.ThanksForMessage), new CallInstruction.HangUp());
    }

    private CallInstruction.Record Record(CallMoment call) => new(
        CallLinks.To(CallLinks.Recorded, call),
        CallLinks.To(CallLinks.Recording, call),
        plan.WrittenDown.Contains(call.Language) ? CallLinks.To(CallLinks.Transcript, call) : null);
}
