using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CustomerService.Integrations.Identity;

/// <summary>The forms in which details are compared: what people write differently without meaning anything by it is gone.</summary>
internal static class Folded
{
    internal static string Email(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Letters and digits only, upper case; of a US ZIP+4 the first five digits.</summary>
    internal static string PostalCode(string code)
    {
        var trimmed = code.Trim();
        if (trimmed is [_, _, _, _, _, '-', _, _, _, _])
            trimmed = trimmed[..5];
        return string.Concat(trimmed.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }

    /// <summary>Lower case, Latin accents dropped, words parted by one space: "José  GARCÍA-Luna" and "jose garcia luna" are one name.</summary>
    internal static string Name(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetter(letter))
                AppendPlain(char.ToLowerInvariant(letter), folded);
            else if (letter is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark && folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    // The program runs without ICU, where string.Normalize leaves accents as they are.
    private static void AppendPlain(char letter, StringBuilder folded) => _ = letter switch
    {
        < '\u0080' => folded.Append(letter),
        'ß' => folded.Append("ss"),
        'æ' => folded.Append("ae"),
        'œ' => folded.Append("oe"),
        'þ' => folded.Append("th"),
        _ => folded.Append(Plain.GetValueOrDefault(letter, letter)),
    };

    private static readonly FrozenDictionary<char, char> Plain = new (char Plain, string Accented)[]
    {
        ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"), ('c', "çćĉċč"), ('d', "ďđð"), ('e', "èéêëēĕėęěẹẻẽếềểễệ"), ('g', "ĝğġģ"), ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįıǐỉị"), ('j', "ĵ"), ('k', "ķ"), ('l', "ĺļľŀł"), ('n', "ñńņňŉŋ"), ('o', "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"), ('r', "ŕŗř"),
        ('s', "śŝşšș"), ('t', "ţťŧț"), ('u', "ùúûüũūŭůűųưǔụủứừửữự"), ('w', "ŵẁẃẅ"), ('y', "ýÿŷỳỵỷỹ"), ('z', "źżž"),
    }.SelectMany(group => group.Accented.Select(accented => (accented, group.Plain))).ToFrozenDictionary(pair => pair.accented, pair => pair.Plain);
}
