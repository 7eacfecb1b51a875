using System.Buffers;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>
/// Whether a customer asks for a person, in five languages. It stands beside the intent classifier and needs none: who asks in so many
/// words gets a person in the middle of a procedure, in a long message about something else, and where a model would rather go on itself.
/// </summary>
public static class WantsPerson
{
    // Nearly every message has none of these, which is seen at a glance.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "human", "person", "people", "agent", "represent", "operator", "opérat", "advis", "someone", "somebody", "anyone", "colleague", "staff", "supervisor", "manager",
            "customer s", "customer c", "employ", "bot", "machine", "máquina", "maquina", "computer", " ai", "AI", "ＡＩ", "asesor", "operador", "alguien", "ejecutiv", "encargad", "compañer",
            "atención al", "atencion al", "humain", "quelqu", "conseill", "collègue", "collegue", "responsable", "service client", "mensch", "mitarbeiter", "berater", "kolleg",
            "sachbearbeiter", "kundendienst", "kundenservice", "support", "jemand", "ansprechpartner", "vorgesetzt", "roboter", "automat",
            "人", "オペレータ", "担当", "スタッフ", "係", "店員", "社員", "責任者", "上司", "サポート", "ボット", "機械",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly Language[] Languages = [English(), Spanish(), French(), German()];

    /// <summary>Whether the message asks for a person. What is denied ("I don't want to talk to a person") does not.</summary>
    public static bool In(string message)
    {
        if (!message.AsSpan(0, Math.Min(message.Length, Phrases.LongestText)).ContainsAny(Signs))
            return false;
        var text = Phrases.Read(message);
        return Languages.Any(language => language.Asks(text)) || Japanese.Asks(text);
    }

    private static Language English()
    {
        const string who = @"(?:(?:a|an|the|some|any|your|another|one of your|real|actual|live|human|proper|customer|service|support|care)\s+){0,4}"
            + @"(?:human(?:\s+being)?s?|persons?|people|agents?|representatives?|reps?|operators?|advis[eo]rs?|someone|somebody|anyone|anybody|colleagues?|staff|employees?|supervisors?|managers?|customer\s+(?:service|support|care))\b";
        const string them = @"(?:real\s+|live\s+|actual\s+|human\s+|proper\s+){0,2}(?:human(?:\s+being)?|person|agent|representative|rep|operator|advis[eo]r)\b";
        return new Language(
            Asking: Phrases.Of(
                @"\b(?:talk|speak|chat|talking|speaking)\s+(?:directly\s+|please\s+)?(?:to|with)\s+" + who,
                @"\b(?:connect|transfer|put|pass|hand|switch|forward|redirect|escalate|get|give|bring|find|send)\s+(?:me|us|this|it)\s+(?:(?:on|over|through|straight|in)\s+){0,2}(?:to|with)\s+" + who,
                @"\b(?:get|give|bring|find|send)\s+(?:me|us)\s+(?:a|an)\s+" + them,
                @"\b(?:want|need|prefer|like|demand|request|require)\s+(?:a|an)\s+" + them,
                @"\b(?:is|are)\s+there\s+(?:a|any|some)\s*(?:real|actual|live|human)\s+(?:human|person|people|agents?)\b",
                @"\b(?:are\s+you|is\s+this)\s+(?:a\s+)?(?:bot|robot|machine|real|human).{0,40}\bwant\s+(?:a\s+)?(?:human|person)\b",
                @"\b(?:don'?t\s+want|do\s+not\s+want|hate|no\s+more|stop\s+with|sick\s+of)\s+(?:to\s+(?:talk|speak|chat)\s+(?:to|with)\s+|talking\s+to\s+)?(?:a\s+|an\s+|the\s+|this\s+|these\s+|your\s+|stupid\s+)*(?:chat\s?)?(?:bot|robot|machine|computer|ai)s?\s*(?:$|[.!?,;])"),
            Alone: Phrases.Of(
                @"^\W*(?:(?:hello|hi|hey|ok|okay|no|i\s+said|a|an|the|real|live|actual|human|please|pls|plz|just|now)\W+){0,4}(?:humans?|human\s+being|person|agent|representative|rep|operator|advis[eo]r|customer\s+(?:service|support))(?:\W+(?:please|pls|plz|now|thanks|thank\s+you|asap|here)){0,3}\W*$"),
            Denied: Phrases.Of(
                @"(?:\b(?:don'?t|do\s+not|didn'?t|doesn'?t|wouldn'?t|won'?t|will\s+not|not)(?:\s+(?:really|even|actually|particularly))?(?:\s+(?:want|need|wish|have|like|plan|care|intend))?(?:\s+to)?|\b(?:without|instead\s+of|rather\s+than|no\s+need\s+to|before))\s*$"));
    }

    private static Language Spanish()
    {
        const string who = @"(?:(?:un|una|el|la|alg[uú]n|alguna|otro|otra|su|sus|ser|verdader[oa]|servicio\s+de)\s+){0,3}"
            + @"(?:humano|humana|personas?|agentes?|asesor(?:a|es)?|operador(?:a|es)?|representantes?|alguien|compa[ñn]er[oa]|encargad[oa]|supervisor(?:a)?|gerente|emplead[oa]|ejecutiv[oa]|atenci[oó]n\s+al\s+cliente)\b";
        const string them = @"(?:un|una|otro|otra)\s+(?:ser\s+)?(?:humano|humana|persona|agente|asesora?|operadora?|representante|supervisora?|ejecutiv[oa])\b";
        return new Language(
            Asking: Phrases.Of(
                @"\b(?:hablar|hable|conversar|chatear|comunicarme|contactar|tratar)\s+(?:ya\s+|directamente\s+|mejor\s+|por\s+favor\s+)?con\s+" + who,
                @"\b(?:p[aá]s[ae](?:me|nos)|pasar(?:me|nos)?|comun[ií]que(?:me|nos)|comun[ií]ca(?:me|nos)|comunicar(?:me|nos)|con[eé]cte(?:me|nos)|con[eé]cta(?:me|nos)|transfi[eé]ra(?:me|nos)|transferir(?:me|nos)|p[oó]nga(?:me|nos)|ponme|poner(?:me|nos)|der[ií]ve(?:me|nos))\s+(?:a|con|en\s+contacto\s+con)\s+" + who,
                @"\b(?:quiero|necesito|prefiero|exijo|quisiera|deseo|d[eé]me|dame)\s+(?:a\s+)?" + them,
                @"\b(?:me|nos)\s+(?:atienda|ayude|llame|conteste|responda)\s+" + who,
                @"\b(?:hay|existe)\s+(?:alguna?|un|una)\s+(?:persona|humano|agente)\b.{0,30}\b(?:hablar|atienda|ah[ií]|real)",
                @"\b(?:no\s+quiero|no\s+m[aá]s|basta\s+de|nada\s+de|harto\s+de|harta\s+de)\s+(?:hablar\s+con\s+)?(?:un\s+|una\s+|m[aá]s\s+|este\s+|esta\s+|el\s+|la\s+)*(?:bot|robot|m[aá]quina)s?\s*(?:$|[.!?,;])"),
            Alone: Phrases.Of(
                @"^\W*(?:(?:hola|un|una|con|por\s+favor|quiero|no|ser)\W+){0,3}(?:humano|humana|persona(?:\s+real)?|agente(?:\s+humano)?|asesora?|operadora?|representante|ejecutiv[oa]|atenci[oó]n\s+al\s+cliente)(?:\W+(?:por\s+favor|porfa|ya|ahora|real|gracias)){0,3}\W*$"),
            Denied: Phrases.Of(@"(?:\b(?:no|nunca|tampoco)\s*(?:quiero|necesito|deseo|hace\s+falta|quisiera|me\s+gustar[ií]a|tengo\s+que|pido)?|\b(?:sin|en\s+lugar\s+de|en\s+vez\s+de|antes\s+de))\s*(?:volver\s+a\s*)?$"));
    }

    private static Language French()
    {
        const string who = @"(?:(?:une?|le|la|l'|des|quelques?|votre|vos|vraie?|v[ée]ritable|autre|du|service)\s*){0,4}"
            + @"(?:humaine?|[êe]tre\s+humain|personnes?|quelqu'un|conseill[eè]re?s?|agente?s?|op[ée]rat(?:eur|rice)|repr[ée]sentante?|collaborat(?:eur|rice)|coll[eè]gue|employ[ée]e?|responsable|service\s+client(?:[eè]le)?)\b";
        const string them = @"(?:une?|l')\s*(?:vraie?\s+|v[ée]ritable\s+|autre\s+)?(?:humaine?|[êe]tre\s+humain|personne|conseill[eè]re?|agente?|op[ée]rat(?:eur|rice)|responsable)\b";
        return new Language(
            Asking: Phrases.Of(
                @"\b(?:parler|discuter|[ée]changer|communiquer|causer)\s+(?:directement\s+|plut[oô]t\s+|enfin\s+)?(?:à|a|avec|au)\s+" + who,
                @"\b(?:passez|passer|passe|transf[ée]rez|transf[ée]rer|mettez|mettre|connectez|redirigez|orientez)(?:[- ](?:moi|nous))?\s+(?:en\s+(?:relation|contact|communication|ligne)\s+)?(?:à|a|avec|vers|au)\s+" + who,
                @"\b(?:passez|passe|donnez|donne|trouvez)[- ]moi\s+" + them,
                @"\b(?:veux|voudrais|souhaite|d[ée]sire|exige|pr[ée]f[èe]re|demande)\s+(?:avoir\s+|joindre\s+|contacter\s+)?" + them,
                @"\bbesoin\s+d'une?\s+(?:vraie?\s+)?(?:humaine?|personne|conseill[eè]re?|agente?)\b",
                @"\b(?:veux\s+pas|veux\s+plus|souhaite\s+pas|pas\s+envie\s+de|marre)\s+(?:de\s+)?(?:parler\s+)?(?:à|avec|d'|de)?\s*(?:une?\s+|ce\s+|cette\s+|des\s+|vos\s+)?(?:robot|bot|machine|ordinateur|ia)s?\s*(?:$|[.!?,;])"),
            Alone: Phrases.Of(
                @"^\W*(?:(?:bonjour|un|une|vrai|vraie|être|svp|je\s+veux|non)\W+){0,3}(?:humaine?|personne(?:\s+r[ée]elle)?|conseill[eè]re?|agent(?:\s+humain)?|op[ée]rat(?:eur|rice)|service\s+client)(?:\W+(?:svp|stp|s'il\s+vous\s+pla[iî]t|merci|maintenant|vite)){0,3}\W*$"),
            Denied: Phrases.Of(
                @"(?:\b(?:ne\s+|n')?(?:veux|souhaite|d[ée]sire|voudrais|faut|ai)\s+(?:pas|plus)\s*(?:besoin\s+de|envie\s+de)?|\bne\s*(?:pas)?|\b(?:sans|inutile\s+de|plut[oô]t\s+que\s+de|avant\s+de|au\s+lieu\s+de))\s*$"));
    }

    private static Language German()
    {
        const string who = @"(?:(?:einem|einer|einen|eine|ein|nem|ner|dem|der|den|die|irgend\w*|jemand(?:em|en)?|echt\w*|richtig\w*|wirklich\w*|lebend\w*|menschlich\w*|ihrem|ihrer|euren|eurem|anderen|anderem)\s+){0,4}"
            + @"(?:mensch(?:en)?|person|mitarbeiter(?:in|innen|n)?|berater(?:in|n)?|kolleg(?:en?|in)|agent(?:en|in)?|sachbearbeiter(?:in)?|kundendienst|kundenservice|kundenberater(?:in)?|support|jemand(?:em|en)?|ansprechpartner(?:in)?|vorgesetzten?)\b";
        const string them = @"(?:einen?|nen?|ne|keinen\s+bot\s+sondern\s+einen)\s+(?:echt\w*\s+|richtig\w*\s+|menschlich\w*\s+|lebend\w*\s+)?(?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|ansprechpartner(?:in)?|kundenberater(?:in)?)\b";
        return new Language(
            Asking: Phrases.Of(
                @"\bmit\s+" + who + @"\s+(?:\w+\s+){0,2}(?:sprechen|reden|chatten|telefonieren|verbunden|verbinden|unterhalten|schreiben)\b",
                @"\b(?:sprechen|reden|chatten|spreche|rede)\s+(?:ich\s+|wir\s+)?(?:bitte\s+|lieber\s+)?mit\s+" + who,
                @"\b(?:verbinden?|verbindet|verbinde)\s+(?:sie\s+)?(?:mich|uns)\s+(?:\w+\s+){0,2}(?:mit|zu)\s+" + who,
                @"\b(?:an|zu)\s+" + who + @"\s+(?:weiterleiten|weiterleitet|weitergeben|weiterverbinden|durchstellen|übergeben|verbinden|weitergeleitet|durchgestellt)\b",
                @"\b(?:leiten|geben|stellen|leite|gib|stell)\s+(?:sie\s+)?(?:mich|uns|das)\s+(?:\w+\s+){0,2}(?:an|zu)\s+" + who,
                @"\b(?:möchte|moechte|will|brauche|verlange|wünsche|hätte\s+gerne?|haette\s+gerne?|geben\s+sie\s+mir|gib\s+mir)\s+(?:(?:bitte|gerne?|jetzt|sofort|endlich|lieber|nur)\s+){0,2}" + them,
                @"\b(?:kein(?:en|em|e)?|nicht\s+mit\s+(?:einem|einer|dem|der|so\s+einem|so\s+nem|nem|ner)|statt)\s+(?:blöden\s+|dummen\s+)?(?:chat)?(?:bot|roboter|maschine|computer|ki|automaten?)s?\s*(?:(?:reden|sprechen|schreiben|chatten)\s*)?(?:$|[.!?,;])"),
            Alone: Phrases.Of(
                @"^\W*(?:(?:hallo|ein|einen|eine|echter|echten|bitte|nein|lieber)\W+){0,3}(?:mensch(?:en)?|mitarbeiter(?:in)?|person|berater(?:in)?|kundenservice|kundendienst|kundenberater(?:in)?|ansprechpartner(?:in)?)(?:\W+(?:bitte|jetzt|sofort|danke|her)){0,3}\W*$"),
            Denied: Phrases.Of(@"(?:\b(?:möchte|moechte|will|muss|brauche|soll|würde|wollte)\s+(?:\w+\s+){0,2}(?:nicht|keinesfalls|nie)(?:\s+(?:unbedingt|extra|mehr|wieder))?|\b(?:ohne|anstatt|bevor\s+ich))\s*$"));
    }

    /// <summary>One language written with spaces.</summary>
    /// <param name="Asking">Asks for a person within a text.</param>
    /// <param name="Alone">Asks by the mere word: the message is nothing else.</param>
    /// <param name="Denied">What directly before a match says that the opposite is meant.</param>
    private sealed record Language(Phrases Asking, Phrases Alone, Phrases Denied)
    {
        public bool Asks(string text)
        {
            const int nearBefore = 60;
            return Alone.IsIn(text)
                || Asking.PlacesIn(text).Any(place => !Denied.IsIn(text.AsSpan(Math.Max(0, place.Start.Value - nearBefore)..place.Start.Value)));
        }
    }

    /// <summary>Japanese says at the end of the sentence whether something is wanted, denied or past.</summary>
    private static class Japanese
    {
        private const string Who = "(?:人間|有人|オペレーター?|担当者?(?:の(?:方|人))?|スタッフ|係の?(?:人|方|者|員)|店員|社員|責任者|上司|(?:カスタマー)?サポート(?:の(?:方|人))?|窓口の?(?:人|方)|生身の人(?:間)?|本物の人(?:間)?|誰か(?:人)?|人)(?:の方|さん|様)?";

        private static readonly Phrases Asking = Phrases.Of(
            Who + "(?:と|に|へ|まで|を|が|で)?(?:直接|ちゃんと|今すぐ|すぐに?|早く|一度|電話で|チャットで)?(?:に)?"
                + "(?:話|お話|はなし|つない|繋い|つなげ|繋げ|つながせ|代わ|替わ|かわっ|変わっ|代え|替え|変え|相談し|対応し|取り次|転送し|引き継|お願い|回して|まわして|出して|切り替え|呼んで|希望)");

        private static readonly Phrases Alone = Phrases.Of(
            "^[\\s\\W]*" + Who + "(?:対応|チャット)?(?:を|は|が)?(?:お願い(?:します|いたします)?|ください|希望(?:です|します)?|いますか|いませんか|どこ(?:ですか)?|出せ|よこせ)?[\\s\\W]*$",
            "(?:ボット|ロボット|AI|ＡＩ|機械|自動応答)(?:と|とは|は|じゃ|では|の(?:対応|返事)は|なんか)?(?:話したくな|嫌|いや(?:だ|です)|イヤ|結構です|やめて|じゃなくて?人|ではなく人)");

        private static readonly Phrases Denied = Phrases.Of(
            "^[しすせつなわがりいえけ]*(?:たくな|なくて(?:も)?(?:いい|良い|よい|大丈夫|結構|構)|必要(?:は)?(?:な|あり(?:ま)?せん)|ないで|ません(?:で|。|$)|ずに)",
            "^[しりいっんれわえがき]*(?:ました|まして|た(?:が|け|ら|の|と|こ|。|、|$)|ていた|てい(?:ま)?した|んだ)");

        public static bool Asks(string text)
        {
            const int nearAfter = 14;
            return Alone.IsIn(text)
                || Asking.PlacesIn(text).Any(place => !Denied.IsIn(text.AsSpan(place.End.Value..Math.Min(text.Length, place.End.Value + nearAfter))));
        }
    }
}
