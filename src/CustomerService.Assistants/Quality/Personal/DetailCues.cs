namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Words beside a number that say what it is, in the five languages. Each counts from the beginning of a word: "tel" is in no hotel.</summary>
internal static class DetailCues
{
    /// <summary>An order, a parcel, a product, a case: its number is nobody's detail.</summary>
    private static readonly CueWords References = new(
        "order, tracking, track, parcel, shipment, consignment, waybill, invoice, ticket, case number, case no, reference, ref., ref , ref:, item, article, product, sku, serial, model, part no, "
        + "batch, ean, gtin, upc, isbn, imei, barcode, version, build, customer number, customer no, customer id, membership, member no, loyalty, policy, coupon, voucher, promo, firmware, transaction, receipt, "
        + "pedido, seguimiento, envío, paquete, factura, referencia, artículo, producto, número de serie, incidencia, expediente, albarán, número de cliente, n.º de cliente, nº de cliente, código de cliente, cliente n, lote , lote:, guía, modelo, versión, código de barras, "
        + "commande, suivi, colis, facture, référence, réf, article, produit, dossier, numéro de série, numéro client, numéro de client, n° client, n° de client, code client, client n, lot , lot:, modèle, bon de livraison, code-barres, "
        + "bestell, auftrag, sendung, paket, rechnung, artikel, referenz, produkt, seriennummer, vorgang, kundennummer, lieferschein, beleg, modell, strichcode, fallnummer, ticketnummer, charge:, charge nr, chargennummer, "
        + "注文, 追跡, 伝票, 送り状, 問い合わせ番号, 請求書, 商品, 型番, 品番, 製造番号, シリアル, 受付番号, 管理番号, 会員番号, バージョン, お客様番号, 予約番号, 領収書, 製品, ロット");

    private static readonly CueWords Telephones = new(
        "phone, telephone, tel, call, mobile, cell, whatsapp, fax, sms, text me, text us, ring me, ring him, ring her, reach me, reach him, reach her, reachable, dial, hotline, voicemail, "
        + "teléfono, telefono, móvil, movil, llám, llam, celular, wasap, fijo, tfno, tlf, contacto, "
        + "téléphone, telephone, portable, appel, joindre, joign, joignable, rappel, tél, fixe, "
        + "telefon, handy, mobil, anruf, ruf , rufen, rückruf, rufnummer, erreich, fon, festnetz, durchwahl, "
        + "電話, 携帯, 連絡先, ファックス, 固定, スマホ");

    private static readonly CueWords Cards = new(
        "card, visa, mastercard, amex, credit, debit, tarjeta, carte, cb , karte, kreditkarte, カード");

    private static readonly CueWords Residence = new(
        "address, live at, live in, living at, lives at, i live, we live, deliver, ship to, ship it, send it to, sent to, move to, moved to, moving to, we've moved, mail it to, drop it, leave it at, leave it with, bring it, collect it from, pick it up from, "
        + "dirección, direccion, vivo en, vive en, vivimos, domicilio, entreg, entrég, envíe, envía, envíen, enviad, manden, mándel, mándal, llév, traig, recog, mudado, mudo, dejad, déjen, dejen, "
        + "adresse, habite, habitons, domicile, livr, envoy, déménag, déposer, déposez, laissez, expédi, "
        + "anschrift, wohn, liefer, schick, sende, umgezogen, ziehe, zieht, "
        + "住所, 住んで, 届け, 配送, 送って, 送り先, 引っ越, 転居");

    // German puts its verbs last.
    private static readonly CueWords Brought = new(
        "abgeben, abgegeben, abstellen, abgestellt, abholen, abgeholt, ablegen, zustellen, zugestellt, hinterleg, klingeln, vorbeibring, bringen, liefer, geliefert, schick, geschickt, senden, gesendet, wohn, umgezogen");

    /// <summary>Whether the nearest word before a place is one of a reference's, within so many characters.</summary>
    public static bool ReferenceBefore(string plain, int at, int within = 36) =>
        References.LastIn(plain, at, within) is var reference and >= 0 && reference > Telephones.LastIn(plain, at, within);

    /// <summary>Whether a place is spoken of as a telephone's, before it or right after.</summary>
    public static bool TelephoneAround(string plain, int start, int end)
    {
        var reference = References.LastIn(plain, start, 36);
        var telephone = Telephones.LastIn(plain, start, 36);
        return telephone > reference || (reference < 0 && Telephones.FirstIn(plain, end, Math.Min(plain.Length, end + 28)) is not null);
    }

    /// <summary>Whether a card is spoken of before a place.</summary>
    public static bool CardBefore(string plain, int at, int within) => Cards.LastIn(plain, at, within) >= 0;

    /// <summary>Whether where somebody lives, or a thing goes, is spoken of shortly before a place or right after; German puts its verbs last.</summary>
    public static bool ResidenceAround(string plain, int start, int end) =>
        Residence.LastIn(plain, start, 48) >= 0 || Brought.FirstIn(plain, end, Math.Min(Sentence.Around(plain, start).End, end + 30)) is not null;
}
