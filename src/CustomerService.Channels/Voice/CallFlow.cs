using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Voice;

/// <summary>What to do next in a call. Pure: where the call stands and what its conversation looks like decide it.</summary>
/// <param name="write">Says it as the provider understands it.</param>
internal sealed partial class CallFlow(CallPlan plan, Func<ImmutableArray<CallInstruction>, WebhookAnswer> write)
{
    /// <summary>How long a caller is kept in silence; the provider hangs up when it has no answer after 15 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Who stands behind what the caller does with keys and by hanging up.</summary>
    private const string By = "caller";

    private const int MostSilences = 3;

    /// <summary>After so many times of <see cref="Patience"/> without an answer the caller is asked to say it again.</summary>
    private const int MostRounds = 12;

    public CallTurn Decide(CallMoment call, ConversationSight sight) => call.Step switch
    {
        CallStep.Began => Greet(call),
        CallStep.Chose => Listen(call, Say(call, VoicePhrases.In(call.Language).HowCanWeHelp)),
        CallStep.WasSilent => Silence(call, sight),
        CallStep.PressedInLine => PressedInLine(call, sight),
        CallStep.Dialed => Dialed(call, sight),
        CallStep.Whispers => Whisper(call, sight),
        CallStep.TookIt => Answer(), // nothing more to say: the two hear each other
        CallStep.LeftMessage => LeftMessage(call, sight),
        CallStep.Kept => Answer(),
        CallStep.Ended => Ended(sight),
        _ => Continue(call, sight),
    };

    private CallTurn.Answer Greet(CallMoment call)
    {
        var greeting = ImmutableArray.CreateBuilder<CallInstruction>();
        greeting.Add(Say(call, plan.Spoken(call.Language).Greeting));
        foreach (var (index, each) in plan.Languages.Index())
        {
            if (each.Language != call.Language)
                greeting.Add(new CallInstruction.Say(Words(VoicePhrases.In(each.Language).PressForThis, index + 1), each.Language));
        }

        return Answer(
            new CallInstruction.Listen(ListenFor.SpeechOrKey, call.Language, greeting.ToImmutable(), CallLinks.To(CallLinks.Menu, call)),
            new CallInstruction.GoTo(CallLinks.To(CallLinks.Silence, call)));
    }

    /// <summary>Whatever the conversation has for the caller; else they are put off.</summary>
    private CallTurn Continue(CallMoment call, ConversationSight sight)
    {
        if (sight.Status.IsHeld())
            return WithAgent(call, sight);
        if (sight.Status.IsInLine())
            return InLine(call, sight);

        var said = Said(call, sight);
        if (!said.IsEmpty)
            return Listen(Heard(call, sight), said);
        if (sight.Status.IsSettled())
            return Listen(call, Say(call, VoicePhrases.In(call.Language).AnythingElse));
        if (!sight.WaitedOut)
            return new CallTurn.Wait(Patience);
        if (call.Round >= MostRounds)
            return Listen(call with { Round = 0 }, Say(call, VoicePhrases.In(call.Language).SayAgain));
        var next = new CallInstruction.GoTo(CallLinks.To(CallLinks.Wait, call with { Round = call.Round + 1 }));
        return call.Round % 3 == 0 ? Answer(Say(call, VoicePhrases.In(call.Language).OneMoment), next) : Answer(next);
    }

    private CallTurn Silence(CallMoment call, ConversationSight sight)
    {
        if (sight.Status.IsWithPeople() || !sight.News.IsEmpty)
            return Continue(call, sight);
        if (call.Silences + 1 >= MostSilences)
            return Answer(Say(call, VoicePhrases.In(call.Language).Goodbye), new CallInstruction.HangUp());
        return Listen(call with { Silences = call.Silences + 1 }, Say(call, VoicePhrases.In(call.Language).StillThere));
    }

    /// <summary>Who hangs up does not wait any longer; a callback or a message after the tone is still to be dealt with.</summary>
    private CallTurn Ended(ConversationSight sight)
    {
        var isWaiting = sight.Status.IsInLine() && sight.CallbackTo is null && sight.Place is not { IsClosed: true };
        return sight.Outcome is null && (isWaiting || sight.Status == ConversationStatus.Assistant) ? new CallTurn.Ask(new Resolve(By)) : Answer();
    }

    private CallTurn.Answer Listen(CallMoment call, params ImmutableArray<CallInstruction> @while) => Answer(
        new CallInstruction.Listen(ListenFor.SpeechOrKeys, call.Language, @while, CallLinks.To(CallLinks.Heard, call)),
        new CallInstruction.GoTo(CallLinks.To(CallLinks.Silence, call)));

    private CallTurn.Answer Answer(params ImmutableArray<CallInstruction> instructions) => new(write(instructions));

    /// <summary>What the conversation has for the caller, as it can be said.</summary>
    private static ImmutableArray<CallInstruction> Said(CallMoment call, ConversationSight sight) =>
        [.. sight.News.Select(news => SpokenText.Of(news.Text)).Where(text => text.Length > 0).Select(text => Say(call, text))];

    /// <summary>After all of it was said.</summary>
    private static CallMoment Heard(CallMoment call, ConversationSight sight) =>
        sight.News.IsEmpty ? call : call with { After = sight.News[^1].Sequence, Round = 0, Silences = 0 };

    private static CallInstruction.Say Say(CallMoment call, string text) => new(text, call.Language);

    private static string Words(string phrase, object what) => string.Format(CultureInfo.InvariantCulture, phrase, what);
}
