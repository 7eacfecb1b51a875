namespace CustomerService.Knowledge;

/// <summary>The endings of each language. Words come folded: without accents, in lower case.</summary>
internal static class Stemmers
{
    private static readonly Stemmer English = new(
        """
        sent=send paid=pay lost=lose loses=lose losing=lose bought=buy broke=break broken=break stolen=steal stole=steal frozen=freeze froze=freeze
        forgot=forget forgotten=forget torn=tear held=hold kept=keep sold=sell chose=choose chosen=choose wrote=write written=write
        spoke=speak spoken=speak hidden=hide hid=hide came=come arrived=arrive left=leave colour=color colours=color coloured=color
        """,
        stem => Shorten(Undouble(Shorten(stem, "e")), "yi"),
        "sses>ss ies>y/2 ss>ss us>us is>is s/3",
        "ation/5 ations/5 ating/5 ated/5 ate/5 ion/4 ing/3 ed/3 ment/3 able/4 ability/4 ly/4 al/5 ee/4");

    private static readonly Stemmer Spanish = new(
        "quiero=querer puedo=poder puede=poder roto=romper rota=romper rotos=romper rotas=romper abierto=abrir abierta=abrir abiertos=abrir hecho=hacer vuelto=volver devuelto=devolver devuelvo=devolver devuelven=devolver cierran=cerrar cierra=cerrar cierre=cerrar",
        stem => Shorten(stem, "iou"),
        // Pronouns behind the verb: devolverlo, enviarme.
        string.Join(' ', from verb in new[] { "ar", "er", "ir", "ando", "iendo" } from pronoun in "me te se lo la le nos los las les melo selo".Split(' ') select $"{verb}{pronoun}>{verb}/2"),
        "ces>z es/4 s/3",
        """
        ucion>v aciones acion/3 adores ador cion>c imiento amiento idad/4 mente/4 ando/3 iendo/3 aron/3 ieron/3 aban/3 aba/3 ian/3 ia/4 ado/3 ada/3 ido/3 ida/3
        aria/3 are/4 ara/4 ar/3 er/3 ir/3 an/4 en/4 on/4 o/3 a/3 e/3
        """);

    private static readonly Stemmer French = new(
        """
        paiement=pay paiements=pay paie=pay payer=pay paye=pay payez=pay recu=recev recue=recev recus=recev recues=recev recevoir=recev recois=recev recoit=recev reception=recev
        perdu=perd perdue=perd perdre=perd casse=cass ouvert=ouvr ouverts=ouvr ouverte=ouvr ouverture=ouvr ouvrez=ouvr fermes=ferm ferme=ferm fermeture=ferm
        renvoye=renvoi renvoyer=renvoi retour=retourn retours=retourn achat=achet achats=achet offert=offr offerte=offr offerts=offr
        rendre=rend rendu=rend rendue=rend rendus=rend reprendre=repren reprend=repren repris=repren reprise=repren attendre=attend attente=attend attendu=attend
        repondre=repond reponse=repond reponses=repond suivre=suivi connexion=connect connexions=connect suppression=supprim choix=choisi valide=valid validite=valid
        emballage=emball deballage=deball affichage=affich depannage=depann
        """,
        // With y, for envoyer and envoi.
        stem => Shorten(Undouble(stem), "ieuy"),
        "eaux>eau aux>al x/3 s/3",
        """
        issements/3 issement/3 ements/4 ement/4 ifications>if/2 ification>if/2 ations/3 ation/3 aison/3 itions/3 ition/3 ions/4 ion/4 bilite>bl/2 ateur/3 atrice/3
        issez/3 issent/3 aient/3 eront/3 erez/3 erais/3 erai/3 era/3 ait/3 ais/3 ez/3 er/3 ees/3 ee/3 ant/4 ent/4 ir/4 it/4 e/3 ite/5
        """);

    private static readonly Stemmer German = new(
        "bezahlt=zahl bezahlen=zahl bezahlung=zahl zahlt=zahl kaputt=kaputt kam=kommt kommen=kommt gekommen=kommt angekommen=ankommt ankommen=ankommt verloren=verlier gestohlen=stehl vergessen=vergess gesendet=send versendet=versand versenden=versand verschickt=versand geschlossen=schliess schliessen=schliess offen=offn geoffnet=offn offnet=offn",
        stem => Undouble(Unprefixed(stem)),
        "erinnen innen/4 ern/3 em/3 en/3 er/3 es/3 e/3 s/4",
        "ung/3 keit/3 heit/3 lich/4 isch/4 bar/4 est/4 et/3 st/4 t/4 ier/3",
        "er/4");

    private static readonly Stemmer None = new("", stem => stem);

    internal static Stemmer Of(string language) => language switch
    {
        "en" => English,
        "es" => Spanish,
        "fr" => French,
        "de" => German,
        _ => None,
    };

    private static string Undouble(string stem) => stem.Length > 3 && stem[^1] == stem[^2] && !char.IsAsciiDigit(stem[^1]) ? stem[..^1] : stem;

    private static string Shorten(string stem, string endings) => stem.Length > 3 && endings.Contains(stem[^1], StringComparison.Ordinal) ? stem[..^1] : stem;

    // geliefert, gekauft: the participle's sign goes once its ending is gone.
    private static string Unprefixed(string stem) => stem.Length > 5 && stem.StartsWith("ge", StringComparison.Ordinal) ? stem[2..] : stem;
}
