namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Words beside a number that say what it is, in the five languages. Each counts from the beginning of a word: "tel" is in no hotel.</summary>
internal static class DetailCues
{
    /// <summary>An order, a parcel, a product, a case: its number is nobody's detail.</summary>
    private static readonly CueWords References = new(
        "order, tracking, track, parcel, shipment, consignment, waybill, invoice, ticket, case number, case no, reference, ref., ref , ref:, item, article, product, sku, serial, model, part no, "
        + "ean, gtin, upc, isbn, imei, barcode, version, build, customer number, customer no, customer id, membership, member no, loyalty, policy, coupon, voucher, promo, firmware, transaction, receipt, "
        + "pedido, seguimiento, envío, paquete, factura, referencia, artículo, producto, número de serie, incidencia, expediente, albarán, cliente, guía, modelo, versión, código de barras, "
        + "commande, suivi, colis, facture, référence, réf, article, produit, dossier, numéro de série, client, modèle, bon de livraison, code-barres, "
        + "bestell, auftrag, sendung, paket, rechnung, artikel, referenz, produkt, seriennummer, vorgang, kundennummer, lieferschein, beleg, modell, strichcode, fallnummer, ticketnummer, "
        + "注文, 追跡, 伝票, 送り状, 問い合わせ番号, 請求書, 商品, 型番, 品番, 製造番号, シリアル, 受付番号, 管理番号, 会員番号, バージョン, お客様番号, 予約番号, 領収書, 製品");

    private static readonly CueWords Telephones = new(
        "phone, telephone, tel, call, mobile, cell, whatsapp, fax, sms, text me, text us, ring me, ring him, ring her, reach me, reach him, reach her, reachable, dial, hotline, voicemail, "
        + "teléfono, telefono, móvil, movil, llám, llam, celular, wasap, fijo, tfno, tlf, contacto, "
        + "téléphone, telephone, portable, appel, joindre, joign, joignable, rappel, tél, fixe, "
        + "telefon, handy, mobil, anruf, ruf , rufen, rückruf, rufnummer, erreich, fon, festnetz, durchwahl, "
        + "電話, 携帯, 連絡先, ファックス, 固定, スマホ");

    private static readonly CueWords Cards = new(
        "card, visa, mastercard, amex, credit, debit, tarjeta, carte, cb , karte, kreditkarte, カード");

    private static readonly CueWords Residence = new(
        "address, live at, live in, living at, lives at, deliver, ship to, send it to, move to, moved to, mail it to, "
        + "dirección, vivo en, vive en, domicilio, entreg, entrég, envíe, envía, enviad, manden, mánd, llév, traig, recog, mudado, mudo, "
        + "adresse, habite, domicile, livr, envoy, déménag, "
        + "anschrift, wohn, liefer, schick, sende, umgezogen, ziehe, zieht, "
        + "住所, 住んで, 届け, 配送, 送って, 引っ越");

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

    /// <summary>Whether where somebody lives is spoken of shortly before a place.</summary>
    public static bool ResidenceBefore(string plain, int at) => Residence.LastIn(plain, at, 48) >= 0;
}
