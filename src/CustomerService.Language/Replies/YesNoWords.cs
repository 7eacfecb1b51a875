using System.Collections.Frozen;

namespace CustomerService.Language;

/// <summary>What one word or phrase of a reply says.</summary>
internal enum ReplyMeaning
{
    Yes,
    No,

    /// <summary>Says neither, and may stand beside a yes: "please", "thank you".</summary>
    Filler,

    /// <summary>Looks like a yes or a no and is none for sure: "no problem".</summary>
    Unclear,
}

/// <summary>The phrases of yes and no, folded as <see cref="FoldedText"/> does, of all five languages together: people mix them.</summary>
internal static class YesNoWords
{
    private static readonly FrozenDictionary<string, ReplyMeaning> Meanings = All();
    private static readonly FrozenDictionary<string, ReplyMeaning>.AlternateLookup<ReadOnlySpan<char>> Lookup = Meanings.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int Longest = Meanings.Keys.Max(phrase => phrase.Length);

    public static ReplyMeaning? MeaningOf(string phrase) => Meanings.TryGetValue(phrase, out var meaning) ? meaning : null;

    /// <summary>The length of the longest known phrase that begins here; 0: none does.</summary>
    public static int LongestAt(string folded, int at)
    {
        for (var length = Math.Min(Longest, folded.Length - at); length > 0; length--)
        {
            var phrase = folded.AsSpan(at, length);
            if (Lookup.ContainsKey(phrase) && (FoldedText.IsUnspaced(phrase[0]) || at + length == folded.Length || folded[at + length] == ' ' || FoldedText.IsUnspaced(folded[at + length])))
                return length;
        }

        return 0;
    }

    private static FrozenDictionary<string, ReplyMeaning> All()
    {
        var all = new Dictionary<string, ReplyMeaning>(StringComparer.Ordinal);
        void Add(ReplyMeaning meaning, string phrases)
        {
            foreach (var phrase in phrases.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                all[FoldedText.Of(phrase).Trim()] = meaning;
        }

        Add(ReplyMeaning.Filler, """
            please, thanks, thank you, thank you very much, many thanks, it, this, that, that one, the, my, order, i, me, you, do, so, now, great, fine, good, perfect, right, very, much, is, are, with it
            cancel, return, exchange, change, refund, item, items, them, address, payment, go, send, book
            por favor, gracias, muchas gracias, eso, esto, el, la, los, las, mi, pedido, lo, asi, es, esta bien, muy bien, cancelelo, cancelalo, hagalo, hazlo, cancele, devuelvalo, cambielo
            sil vous plait, svp, stp, sil te plait, merci, merci beaucoup, bien, tres bien, cest, ca, cela, la commande, ma commande, le, parfait, annulez, annulez la, faites le, faites
            bitte, danke, vielen dank, danke schon, das, es, die, den, meine, bestellung, so, ist, gut, sehr gern, gerne, mach das, machen sie das, stornieren, stornieren sie, stornieren sie sie, tun sie das
            です, ます, ください, 下さい, お願い, を, で, それ, その, まま, ね, よ, ありがとう, ありがとうございます, よろしく, よろしくお願いします, どうぞ, キャンセル, して
            """);
        Add(ReplyMeaning.Yes, """
            yes, yes yes, yea, yeah, yep, yup, y, sure, sure thing, ok, okay, okey, correct, thats correct, that is correct, thats right, that is right, confirm, confirmed, i confirm, i do, i agree, agreed
            go ahead, do it, please do, proceed, sounds good, looks good, absolutely, definitely, certainly, of course, affirmative, go for it, you may, by all means
            si, si si, claro, claro que si, por supuesto, de acuerdo, vale, correcto, es correcto, confirmo, confirmado, adelante, desde luego, exacto, asi es, proceda, okay
            oui, oui oui, ouais, daccord, bien sur, cest correct, cest exact, cest bon, exact, exactement, je confirme, confirme, allez y, vas y, volontiers, certainement, tout a fait, absolument, entendu
            ja, ja ja, jawohl, jo, jep, klar, na klar, genau, richtig, stimmt, das stimmt, einverstanden, in ordnung, bestatige, ich bestatige, bestatigt, okay, sicher, natuerlich, natürlich, selbstverstandlich, ja gerne, passt, auf jeden fall
            はい, はいはい, ええ, うん, お願いします, おねがいします, お願いいたします, それでお願いします, それで, 了解, 了解です, 了解しました, 承知しました, 確認しました, 問題ありません, 間違いありません, オッケー, オーケー, もちろん, そうです, 進めてください, 同意します, その通りです
            """);
        Add(ReplyMeaning.No, """
            no, nope, nah, n, no thanks, no thank you, not now, not yet, dont, do not, dont do it, do not do it, please dont, wait, hold on, stop, never, wrong, incorrect, thats wrong, negative
            no gracias, todavia no, aun no, espere, espera, no lo haga, no lo hagas, mejor no, incorrecto, para nada, de ninguna manera, nunca
            non, non merci, pas maintenant, attendez, surtout pas, pas encore, arretez, jamais, cest faux, pas du tout
            nein, nee, noe, nö, nein danke, nicht, lieber nicht, noch nicht, warten sie, warte, moment, halt, stopp, falsch, auf keinen fall, niemals, ne
            いいえ, いえ, いや, ちがいます, 違います, 違う, だめ, ダメ, やめて, やめます, やめてください, 結構です, 待って, 待ってください, まだ, しないで, しないでください, ノー
            """);
        // The French "si" and the German "doch" say yes against a no: to a plain question they are too little.
        Add(ReplyMeaning.Unclear, """
            no problem, no worries, no doubt, why not, not sure, im not sure, i am not sure, maybe, perhaps, yes and no, but, except, unless, if
            no hay problema, sin problema, por que no, no se, no estoy seguro, no estoy segura, quiza, quizas, tal vez, pero, excepto
            pas de probleme, pourquoi pas, je ne sais pas, peut etre, mais, sauf
            kein problem, warum nicht, weiss nicht, ich weiss nicht, vielleicht, aber, ausser, doch
            大丈夫, 大丈夫です, いいです, たぶん, 多分, わかりません, 分かりません, でも, しかし, ただし, ですが, けど
            """);
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
