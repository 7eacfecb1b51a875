using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>What somebody says is their password, PIN, security code or one-time code: "my password is Tr0ub4dor", "暗証番号は 4821".</summary>
internal static class AnnouncedSecrets
{
    public const string Password = "password";

    public static readonly CueWords Passwords = new(
        "password, passwd, pass word, pw:, pw , passphrase, pwd, passcode, contraseña, contrasena, clave de acceso, mi clave, frase secreta, mot de passe, mots de passe, mdp, phrase secrète, passwort, kennwort, losung, パスワード, パスフレーズ, 合言葉, パスは");

    private static readonly CueWords Codes = new(
        "cvv, cvc, cvv2, cvc2, cvn, cid code, pin, pin code, pincode, security code, verification code, one-time code, one time code, otp, 2fa code, login code, sms code, auth code, access code, confirmation pin, "
        + "código de seguridad, código de verificación, código cvv, código pin, código de acceso, código sms, clave pin, cryptogramme, code de sécurité, code de vérification, code secret, code à usage unique, code pin, code sms, "
        + "prüfnummer, kartenprüfnummer, prüfziffer, sicherheitscode, bestätigungscode, verifizierungscode, einmalcode, geheimzahl, pin-code, sms-code, "
        + "暗証番号, セキュリティコード, 認証コード, 確認コード, ワンタイムパスワード, ピン");

    /// <summary>Between what is announced and the thing itself.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Links =
        "is was are code number es era est était ist lautet war actual actuel aktuell for my account del mi cuenta de la tarjeta du compte de ma carte the card on the back number nummer número numéro bei für meine karte dem mein konto to online currently you sent me i got que me ha enviado vous avez envoyé m'avez reçu sie mir haben geschickt"
            .Split(' ').Distinct().ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoPassword = (
        "not wrong incorrect invalid expired lost forgotten unknown blocked locked broken weak too still no never being very always rejected required needed reset changed accepted correct right fine secure safe gone "
        + "a an in at by hard long short old new what already also now only just simply really supposed exactly asked sent stored protected saved working and or manager field page link email request again "
        + "incorrecta incorrecto errónea inválida caducada la demasiado muy correcta válida segura débil obligatoria obligatorio no mal bien perdida olvidada nueva "
        + "incorrect erroné faux refusé expiré pas le trop très bon oublié perdu bloqué invalide toujours obligatoire refusée "
        + "falsch nicht abgelaufen ungültig vergessen weg zu immer gesperrt richtig korrekt sicher unbekannt das schon noch leider zurück geändert zurücksetzen")
        .Split(' ').Distinct().ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static void FindIn(string plain, List<Finding> found)
    {
        Find(plain, Passwords, Password, IsPassword, found);
        Find(plain, Codes, "secret code", IsCode, found);
        ToldPasswords.FindIn(plain, found);
    }

    private static void Find(string plain, CueWords words, string name, Func<string, int, int, bool, bool> fits, List<Finding> found)
    {
        for (var at = 0; words.FirstIn(plain, at, plain.Length) is var (start, end); at = end)
        {
            end = plain[start] < '\u2E80' ? EndOfWord(plain, end) : EndOfJapanese(plain, end);
            if (Value(plain, end) is var (from, to, told) && fits(plain, from, to, told) && !found.Exists(mail => mail.Kind == DetailKind.Email && mail.Start <= from && mail.End >= to))
                found.Add(new(DetailKind.Secret, name, from, to, plain[from..to]));
        }
    }

    private static int EndOfWord(string plain, int end)
    {
        while (end < plain.Length && char.IsLetter(plain[end]) && plain[end] < '\u2E80')
            end++;
        return end;
    }

    // In Japanese the particle follows without a space: パスワードは….
    private static int EndOfJapanese(string plain, int end)
    {
        while (end < plain.Length && plain[end] >= '\u2E80' && plain[end] is not ('は' or 'が' or '「' or '『' or ':' or '、' or '。' or 'を'))
            end++;
        return end;
    }

    /// <summary>The thing that is announced, and whether a sign such as a colon or a quote points at it.</summary>
    private static (int Start, int End, bool Told)? Value(string plain, int from)
    {
        var (at, told, words) = (from, false, 0);
        while (at < plain.Length)
        {
            var c = plain[at];
            if (c is ' ' or '(' or 'は' or 'が' or ')' or '、')
            {
                at++;
            }
            else if (c is ':' or '=' or '"' or '\'' or '“' or '«' or '「' or '『' or '„' or '>' or '`' || (c == '-' && at + 1 < plain.Length && plain[at + 1] is '>' or ' '))
            {
                told = true;
                at++;
            }
            else if (!told && words < 5 && LinkEnd(plain, at) is { } link)
            {
                words++;
                at = link;
            }
            else
            {
                break;
            }
        }

        var end = at;
        while (end < plain.Length && !char.IsWhiteSpace(plain[end]) && plain[end] < '\u2E80' && plain[end] is not ('"' or '”' or '»' or '“' or '`' or ',' or ';'))
            end++;
        while (end > at && plain[end - 1] is '.' or ')' or '?' or '\'' or ':')
            end--;
        // "551 208": a code in two halves.
        if (end - at == 3 && end + 4 <= plain.Length && plain[end] == ' ' && AreDigits(plain.AsSpan(at, 3)) && AreDigits(plain.AsSpan(end + 1, 3))
            && (end + 4 == plain.Length || !char.IsLetterOrDigit(plain[end + 4])))
            end += 4;
        return end > at ? (at, end, told) : null;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static int? LinkEnd(string plain, int at)
    {
        var end = at;
        while (end < plain.Length && char.IsLetter(plain[end]) && plain[end] < '\u2E80')
            end++;
        return end > at && Links.Contains(plain.AsSpan(at, end - at)) && (end == plain.Length || plain[end] is ' ' or ':' or '=' or '-') ? end : null;
    }

    private static bool IsPassword(string plain, int start, int end, bool told)
    {
        var value = plain.AsSpan(start, end - start);
        if (value.Length < 4 || value.Contains("://", StringComparison.Ordinal) || NoPassword.Contains(value) || value.Contains('…'))
            return false;
        var (digits, inner, signs) = (0, 0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            digits += char.IsAsciiDigit(value[i]) ? 1 : 0;
            inner += i > 0 && char.IsUpper(value[i]) ? 1 : 0;
            signs += !char.IsLetterOrDigit(value[i]) && value[i] is not ('-' or '\'' or '.') ? 1 : 0;
        }

        if (digits > 0 || signs > 0 || (inner > 0 && inner < value.Length - 1))
            return true;
        // A plain word: only where nothing else can be meant.
        var ends = end >= plain.Length || plain[end] is '.' or ',' or ';' or '\n' or '"' or '”' or '»' or '」' or '』' || plain[end] >= '\u2E80';
        return value.Length >= 6 && (told || ends) && LinkedBefore(plain, start);
    }

    // "my password is sunshine", but not "forgot my password yesterday".
    private static bool LinkedBefore(string plain, int start)
    {
        var before = plain.AsSpan(0, start).TrimEnd(' ');
        return before.EndsWith(" is", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" es", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" est", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith(" ist", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" lautet", StringComparison.OrdinalIgnoreCase)
            || (before.Length > 0 && before[^1] is ':' or '=' or '"' or '“' or '«' or '「' or '『' or '„' or 'は');
    }

    private static bool IsCode(string plain, int start, int end, bool told)
    {
        var value = plain.AsSpan(start, end - start);
        var digits = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c is not ('-' or ' '))
                return false;
        }

        return digits is >= 3 and <= 8;
    }
}
