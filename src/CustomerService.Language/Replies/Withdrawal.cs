using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>Whether a customer calls off what they were about, or wants undone what was just done, in the five languages.</summary>
public static class Withdrawal
{
    // Longer messages are about something; a phrase in them may belong to a story.
    private const int MostWords = 9;
    private const int MostUnspaced = 24;

    private static readonly ImmutableArray<string> Stops = Phrases("""
        stop, stop it, stop this, never mind, nevermind, forget it, forget about it, forget that, leave it, leave it as it is, leave it as is, drop it, quit, abort, i changed my mind, i have changed my mind, ive changed my mind, changed my mind, dont bother, not anymore, no longer want to, lets not, skip it
        dejalo, dejelo, dejelo asi, dejalo asi, olvidalo, olvidelo, olvida, da igual, ya no quiero, ya no hace falta, ya no, mejor no, he cambiado de idea, he cambiado de opinion, cambie de opinion, pare, detengase
        laissez tomber, laisse tomber, oubliez, oubliez ca, oublie, peu importe, tant pis, jai change davis, stop, arretez, on arrete, ce nest plus la peine, finalement non
        vergessen sie es, vergiss es, egal, lassen sie es, lass es, lassen wir das, lassen wir es, abbrechen, abbruch, stopp, ich habe es mir anders uberlegt, doch nicht, hat sich erledigt, schon gut
        やめます, やめて, やめておきます, やっぱりやめ, もういい, もう結構, もういいです, 中止, 忘れてください, 気が変わりました, 取りやめ, そのままで
        """);

    private static readonly ImmutableArray<string> Regrets = Phrases("""
        undo, undo that, undo it, revert, revert it, change it back, put it back, switch it back, take it back, take that back, i changed my mind, i have changed my mind, changed my mind, that was a mistake, that was wrong, i made a mistake, the old one, the old address, go back to the old
        deshazlo, deshagalo, deshacer, vuelva a ponerlo, vuelva a poner, vuelve a ponerla, me equivoque, me he equivocado, fue un error, he cambiado de idea, cambie de opinion, la anterior, la de antes
        annulez ce changement, annulez la modification, remettez, remettez lancienne, revenez en arriere, je me suis trompe, je me suis trompee, cetait une erreur, jai change davis, lancienne
        ruckgangig, machen sie das ruckgangig, mach das ruckgangig, zurucksetzen, zuruckandern, das war falsch, das war ein fehler, ich habe mich geirrt, ich habe mich vertan, doch nicht, die alte, anders uberlegt
        元に戻して, 元に戻す, 戻して, 取り消して, 間違えました, 間違いでした, 気が変わりました, 前の
        """);

    /// <summary>"Never mind": what is under way shall end, and nothing be done.</summary>
    public static bool IsStop(string text) => Says(text, Stops);

    /// <summary>"Change it back": what was done shall be undone.</summary>
    public static bool IsRegret(string text) => Says(text, Regrets);

    private static bool Says(string text, ImmutableArray<string> phrases)
    {
        var folded = FoldedText.Of(text);
        var isShort = folded.Any(FoldedText.IsUnspaced) ? folded.Length <= MostUnspaced + 2 : folded.Count(' '.Equals) <= MostWords + 1;
        return isShort && phrases.Any(phrase => FoldedText.Has(folded, phrase));
    }

    private static ImmutableArray<string> Phrases(string list) =>
    [
        .. list.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(phrase => FoldedText.Of(phrase).Trim()).Distinct(),
    ];
}
