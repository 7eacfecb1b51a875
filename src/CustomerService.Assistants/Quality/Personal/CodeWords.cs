namespace CustomerService.Assistants.Quality.Personal;

/// <summary>The words by which people tell codes, in the five languages, and those that show that another kind of code is meant.</summary>
internal static class CodeWords
{
    /// <summary>What can only be a code that proves who somebody is.</summary>
    public static readonly CueWords Proofs = new(
        "pin, pin code, pincode, pin number, passcode, otp, one-time code, one time code, one-time password, verification code, verification number, confirmation pin, login code, log-in code, sign-in code, sms code, "
        + "auth code, authentication code, authenticator code, access code, security code, 2fa code, two-factor code, unlock code, reset code, "
        + "código de verificación, codigo de verificacion, código de acceso, codigo de acceso, código de un solo uso, código de confirmación, código de seguridad, codigo de seguridad, clave de un solo uso, número secreto, "
        + "clave de acceso, clave pin, clave numérica, "
        + "code de vérification, code de verification, code de confirmation, code de connexion, code de validation, code à usage unique, code unique, code secret, code confidentiel, code de sécurité, code d'accès, "
        + "bestätigungscode, verifizierungscode, einmalcode, einmal-code, einmalkennwort, einmalpasswort, sicherheitscode, freischaltcode, zugangscode, anmeldecode, geheimzahl, geheimnummer, mtan, pushtan, smstan, sms-tan, push-tan, die tan, eine tan, meine tan, tan-nummer, "
        + "認証コード, 確認コード, 認証番号, 確認番号は, ログインコード, ワンタイム, 暗証番号, 暗証, ピンコード");

    /// <summary>What is printed on a card beside its number.</summary>
    public static readonly CueWords CardChecks = new(
        "cvv, cvc, cvv2, cvc2, cvn, cid, csc, security code, security number, security digits, card code, check code, card verification, "
        + "código de seguridad, codigo de seguridad, código de la tarjeta, código cvv, número de seguridad, "
        + "cryptogramme, code de sécurité, code de securite, code de la carte, numéro de sécurité, "
        + "prüfnummer, prüfziffer, prüfzahl, prüfcode, kartenprüfnummer, kartenprüfziffer, kartenprüfcode, kartencode, sicherheitscode, sicherheitsnummer, "
        + "セキュリティコード, セキュリティ番号, セキュリティーコード");

    /// <summary>A code of any kind.</summary>
    public static readonly CueWords Codes = new("code, código, codigo, clave, コード");

    public static readonly CueWords Digits = new("digits, digit, figures, dígitos, digitos, cifras, chiffres, ziffern, zahlen, 桁, 数字");

    public static readonly CueWords Numbers = new("number, numbers, número, números, numéro, numéros, nummer, nummern, 番号");

    /// <summary>The side of a card where the check code is; American Express prints it on the front.</summary>
    public static readonly CueWords Back = new(
        "on the back, at the back, on back, on the reverse, on the signature, on the front, por detrás, de detrás, detrás, reverso, dorso, de atrás, por delante, delante, anverso, au dos, au verso, derrière, dos de la carte, devant, au recto, rückseite, hinten, rückseitig, vorn, vorne, vorderseite, 裏, 表面, 表の, 前面");

    /// <summary>Ways by which one-time codes come, and what is done with them.</summary>
    public static readonly CueWords Sent = new(
        "text, texted, texting, sms, sent me, you sent, was sent, were sent, send me, received, i got, got a, i get, message, whatsapp, authenticator, log in, logging in, login, sign in, two-factor, verify, verification, one-time, expired, i enter, entered, typed, typing, "
        + "sms, mensaje, enviad, enviast, enviaron, envió, mandad, mandast, mandaron, mandó, llegó, llegado, llega, recib, iniciar sesión, entrar, verific, caduc, introduc, metí, meto, pongo, puse, "
        + "texto, reçu, reçois, recevoir, envoy, message, connex, connect, vérif, expir, saisi, saisis, tapé, tape, rentré, entré, "
        + "geschickt, zugeschickt, schickt, bekommen, bekam, erhalten, erhielt, gesendet, gesandt, kam, nachricht, anmeld, einlogg, bestätig, abgelaufen, eingegeben, eingebe, eingetippt, "
        + "ショートメ, 届い, 届き, 送られ, 送っていただ, 受信, 受け取, 来た, 来まし, ログイン, 認証, メッセージ, メールで, 入力");

    /// <summary>What comes as a message on a telephone.</summary>
    public static readonly CueWords Messages = new("sms, text message, texted, by text, via text, your text, the text, mensaje de texto, texto, ショートメ");

    public static readonly CueWords Cards = new(
        "card, visa, mastercard, amex, american express, expires, expiry, exp, valid until, tarjeta, caduca, caducidad, vence, carte, expire, expiration, karte, kreditkarte, gültig, ablauf, カード, クレカ, 有効期限, 期限");

    /// <summary>What makes a code one of a thing, not of a person; also how the end of a number is told.</summary>
    public static readonly CueWords OfThings = new(
        "promo, promotion, promotional, discount, coupon, voucher, gift, error, fault, bar, qr, zip, post, postal, postcode, area, country, dialling, dialing, dial, product, item, article, colour, color, tracking, order, booking, "
        + "reservation, reference, return, returns, source, sort, swift, bic, bank, hs, tax, rma, batch, lot, status, model, part, style, size, referral, invite, customer, shows, displays, display, last, ending, ends, "
        + "promocional, descuento, cupón, regalo, barras, producto, artículo, pedido, seguimiento, área, país, error, reserva, referencia, devolución, cliente, muestra, sale, últim, ultim, termina, "
        + "promo, réduction, remise, avantage, cadeau, barres, erreur, produit, article, commande, suivi, pays, client, parrainage, retour, couleur, affiche, dernier, dernière, fini, finissant, "
        + "gutschein, rabatt, aktions, fehler, artikel, produkt, farb, vorwahl, bestell, sendung, retoure, zeigt, letzt, endet, "
        + "クーポン, 割引, プロモ, ギフト, エラー, バー, 商品, 製品, 郵便, 国, 市外, カラー, 注文, 追跡, 予約, 紹介, 末尾, 下, 最後");

    /// <summary>What a sentence about money off says.</summary>
    public static readonly CueWords Offers = new(
        "% off, off my, discount, voucher, coupon, gift card, descuento, cupón, vale de, réduction, remise, bon d'achat, chèque, rabatt, gutschein, nachlass, クーポン, 割引, ギフト");

    /// <summary>What follows a count, a time or an amount.</summary>
    public static readonly CueWords Units = new(
        "%, €, $, £, ¥, °, euro, eur, usd, gbp, dollar, pound, cent, yen, points, point, minute, min, second, sec, hour, h, hrs, day, week, month, year, time, x, am, pm, character, digit, number, letter, item, piece, km, kg, cm, mm, g, mb, gb, people, "
        + "punto, segundo, hora, día, semana, mes, año, veces, carácter, caracteres, dígito, cifra, números, unidad, pieza, "
        + "heure, jour, semaine, mois, an, fois, caractère, chiffre, numéros, pièce, "
        + "punkt, sekunde, stunde, uhr, tag, woche, monat, jahr, mal, zeichen, ziffer, stellen, stellig, stück, paket, teil, karton, "
        + "円, 分, 秒, 時, 日, 週, 月, 年, 回, 桁, 文字, 個, 枚, 点, ポイント, 人, 件, 番");

    // Between a thing and the word that says what it was: "604417 was the code", "4821 als PIN".
    private static readonly WordSet Connectors = new(
        "is was as were for being that this it s es era fue como de del esa ese esta este está el la un una mi tu su nuestra le est était comme c ce ça voilà ma mon votre notre une "
        + "ist war als lautet lautete das dies dieses der die den dem mein meine meinen meinem ihr ihre unser the my a an your our his her "
        + "one-time correct right old new wrong incorrect actual current nueva vieja nouveau ancien neues altes falsches");

    private const int LongestJapanese = 14;

    /// <summary>Whether what stands between a thing and a word only says that the one is the other.</summary>
    public static bool Connects(ReadOnlySpan<char> between) =>
        between.IsEmpty || (between[0] >= '\u2E80' && between.Length <= LongestJapanese && between.IndexOfAnyInRange('\0', '\u2E7F') < 0 && !between.Contains('。')) || Connectors.AreAll(between);
}
