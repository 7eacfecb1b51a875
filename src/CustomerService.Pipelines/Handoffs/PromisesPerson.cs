namespace CustomerService.Pipelines.Handoffs;

/// <summary>
/// Whether a text to a customer says that a person takes over now, in five languages. Then one has to: nothing angers more than a transfer
/// that is announced and never happens. An offer or a condition ("if it does not help, I will bring in a colleague") is no promise.
/// </summary>
public static class PromisesPerson
{
    private static readonly char[] Ends = ['.', '!', '?', '。', '！', '？', '\n', ';'];

    private static readonly (Phrases Promise, Phrases Open)[] Languages =
    [
        (
            Phrases.Of(
                @"\b(?:i'm|i\s+am|i'll|i\s+will|we'll|we\s+will|we\s+are|let\s+me|i\s+have|i've|we\s+have)\s+(?:now\s+|just\s+|going\s+to\s+)?(?:transfer|connect|pass|forward|escalat|hand|put|bring)\w*\s+(?:you|this|it|your|in)\b.{0,60}\b(?:to|with|through|over|colleague|agent|team|specialist|person)\b",
                @"\byou\s+(?:are|will)\s+(?:now\s+)?(?:be\s+|being\s+)*(?:transferred|connected|passed|put\s+through|handed)\b",
                @"\b(?:a|an|one\s+of\s+our|our|my)\s+(?:human\s+|live\s+)?(?:colleagues?|agents?|representatives?|specialists?|team|advis[eo]rs?)\s+(?:members?\s+)?will\s+(?:now\s+|soon\s+|shortly\s+)?(?:take\s+over|be\s+with|contact|get\s+back|reach\s+out|join|reply|call\s+you)\b"),
            Phrases.Of(@"\b(?:if|unless|when|whenever|should|would|could|can|may|might|once|or\s+else|whether|want\s+me\s+to|like\s+me\s+to|write\s+back|shall\s+i)\b")
        ),
        (
            Phrases.Of(
                @"\b(?:le|te|lo|la|les)\s+(?:paso|transfiero|comunico|conecto|derivo|pongo|estoy\s+(?:pasando|transfiriendo|conectando)|voy\s+a\s+(?:pasar|transferir|comunicar|conectar)|pasar[eé]|transferir[eé]|conectar[eé]|he\s+(?:pasado|transferido))\b.{0,60}\b(?:con|a|al)\b",
                @"\b(?:un|una|nuestr[oa])\s+(?:compa[ñn]er[oa]|agente|asesora?|representante|especialista|persona|equipo)\b.{0,20}\b(?:le|te|se)\s+(?:atender[aá]|contactar[aá]|llamar[aá]|responder[aá]|pondr[aá]|ayudar[aá])\b"),
            Phrases.Of(@"\b(?:si|cuando|puedo|podr[ií]a|podemos|quiere|quieres|desea|en\s+caso|salvo|una\s+vez)\b")
        ),
        (
            Phrases.Of(
                @"\bje\s+(?:vous|te)\s+(?:transf[èe]re|passe|mets|redirige|oriente|connecte|transf[ée]rerai|mettrai|passerai|vais\s+(?:transf[ée]rer|mettre|passer))\b",
                @"\b(?:vous|tu)\s+(?:allez|vas|êtes|etes|serez)\s+(?:[êe]tre\s+)?(?:mise?s?\s+en\s+relation|transf[ée]r[ée]e?s?)\b",
                @"\b(?:une?|nos?|notre)\s+(?:de\s+nos\s+)?(?:coll[èe]gues?|conseill[eè]re?s?|agente?s?|sp[ée]cialistes?|[ée]quipes?|personne)\b.{0,20}\b(?:va|vont|prendra|vous\s+(?:contactera|r[ée]pondra|rappellera|recontactera))\b"),
            Phrases.Of(@"\b(?:si|s'il|quand|lorsque|peux|pouvons|pourrais|pourrait|souhaitez|voulez|dès\s+que|sauf|au\s+cas)\b")
        ),
        (
            Phrases.Of(
                @"\bich\s+(?:verbinde|leite|gebe|stelle|übergebe)\s+(?:sie|dich|ihr\s+anliegen|das|dies)\b.{0,60}\b(?:mit|an|durch|weiter)\b",
                @"\b(?:sie\s+werden|du\s+wirst)\b.{0,40}\b(?:verbunden|weitergeleitet|weiterverbunden|durchgestellt|übergeben)\b",
                @"\b(?:eine?|unser|unsere|meine?)\s+(?:kollegin|kollege|mitarbeiter(?:in)?|berater(?:in)?|team|spezialist(?:in)?|mensch)\b.{0,40}\b(?:übernimmt|meldet\s+sich|kümmert\s+sich|wird\s+(?:sich|ihnen|dir|übernehmen))"),
            Phrases.Of(@"\b(?:wenn|falls|sobald|kann|können|könnte|möchten|möchtest|soll|sofern|ob|würde|andernfalls)\b")
        ),
        (
            Phrases.Of("(?:担当者?|オペレーター?|スタッフ|係の者|専門の者)(?:に|へ|と|が)(?:直接)?(?:お?(?:つなぎ|繋ぎ|取り次ぎ|引き継ぎ|引継ぎ|転送|代わり|回し)(?:いた|致)?し?(?:ます|ております|ました)|(?:対応|ご?連絡|ご?案内|ご?返信|お電話)(?:いた|致)?します)"),
            Phrases.Of("(?:場合|でしたら|ましたら|ければ|なければ|れば|できます|可能です|ましょうか|ますか|たら|ご希望)")
        ),
    ];

    /// <summary>"If it does not help, write back. Then I connect you": the condition stands in the sentence before. Japanese needs no "then".</summary>
    private static readonly Phrases Then = Phrases.Of(@"^\s*(?:then|entonces|alors|dans\s+ce\s+cas|dann|in\s+diesem\s+fall|[\u3040-\u9FFF])");

    public static bool In(string text)
    {
        text = text.Replace('’', '\'');
        var before = "";
        foreach (var sentence in text.Split(Ends, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (promise, open) in Languages)
            {
                if (promise.IsIn(sentence) && !open.IsIn(sentence) && !(Then.IsIn(sentence) && open.IsIn(before)))
                    return true;
            }

            before = sentence;
        }

        return false;
    }
}
