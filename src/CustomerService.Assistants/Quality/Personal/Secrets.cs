using System.Buffers;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Keys and tokens of programs: by the beginnings that their issuers give them, or by looking like chance.</summary>
internal static class Secrets
{
    public const string Name = "secret";

    private static readonly (string Prefix, int Least)[] Prefixes =
    [
        ("sk-", 20), ("sk_live_", 20), ("sk_test_", 20), ("pk_live_", 20), ("rk_live_", 20), ("whsec_", 20), ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("ghu_", 30), ("github_pat_", 30),
        ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("AKIA", 20), ("ASIA", 20), ("AIza", 35), ("ya29.", 20), ("SG.", 30), ("hf_", 25), ("npm_", 30), ("eyJ", 30), ("dop_v1_", 30), ("shpat_", 30),
    ];

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=.~");

    private static readonly CueWords Keys = new(
        "api key, apikey, api-key, access key, secret, token, bearer, private key, client secret, clave, clave api, clé, jeton, schlüssel, zugangsschlüssel, キー, トークン, 秘密");

    public static void FindIn(string plain, List<Finding> found)
    {
        AnnouncedSecrets.FindIn(plain, found);
        for (var start = 0; start < plain.Length;)
        {
            var from = plain.AsSpan(start).IndexOfAny(TokenCharacters);
            if (from < 0)
                break;
            from += start;
            var length = plain.AsSpan(from).IndexOfAnyExcept(TokenCharacters);
            var end = length < 0 ? plain.Length : from + length;
            start = end + 1;
            var token = plain.AsSpan(from, end - from).TrimEnd('.');
            if (token.Length >= 20 && IsSecret(plain, from, token))
                found.Add(new(DetailKind.Secret, Name, from, from + token.Length, token.ToString()));
        }

        FindPrivateKey(plain, found);
    }

    private static bool IsSecret(string plain, int start, ReadOnlySpan<char> token)
    {
        foreach (var (prefix, least) in Prefixes)
        {
            if (token.Length >= least && token.StartsWith(prefix, StringComparison.Ordinal) && token[prefix.Length..].IndexOfAnyInRange('0', '9') >= 0)
                return true;
        }

        // Addresses of pages and mails, and paths, are long and lively too.
        if (start > 0 && plain[start - 1] is '/' or '@' or ':' && start > 1 && plain[start - 2] is '/' or ':' || token.StartsWith("//", StringComparison.Ordinal)
            || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || (start + token.Length < plain.Length && plain[start + token.Length] == '@'))
            return false;
        var announced = Keys.LastIn(plain, start, 30) >= 0;
        var (kinds, turns, digits) = Mixture(token);
        if (announced)
            return digits >= 4 && turns >= 3;
        return kinds == 3 && turns >= 5 && digits >= 3 && token.Count('/') < 3 && token.Count('-') < 4 && token.Count('.') < 2 && Entropy(token) >= 3.5;
    }

    /// <summary>How many of capitals, small letters and digits there are, how often letters and digits alternate, and how many digits.</summary>
    private static (int Kinds, int Turns, int Digits) Mixture(ReadOnlySpan<char> token)
    {
        var (upper, lower, digits, turns) = (0, 0, 0, 0);
        for (var i = 0; i < token.Length; i++)
        {
            upper |= char.IsAsciiLetterUpper(token[i]) ? 1 : 0;
            lower |= char.IsAsciiLetterLower(token[i]) ? 1 : 0;
            digits += char.IsAsciiDigit(token[i]) ? 1 : 0;
            turns += i > 0 && char.IsAsciiDigit(token[i]) != char.IsAsciiDigit(token[i - 1]) ? 1 : 0;
        }

        return (upper + lower + (digits > 0 ? 1 : 0), turns, digits);
    }

    /// <summary>Bits for each character.</summary>
    private static double Entropy(ReadOnlySpan<char> token)
    {
        Span<int> counts = stackalloc int[128];
        foreach (var c in token)
            counts[c]++;
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                bits -= count / (double)token.Length * Math.Log2(count / (double)token.Length);
        }

        return bits;
    }

    private static void FindPrivateKey(string plain, List<Finding> found)
    {
        const string mark = "PRIVATE KEY-----";
        var at = plain.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return;
        var start = plain.LastIndexOf("-----BEGIN", at, StringComparison.Ordinal);
        var end = plain.IndexOf(mark, at + mark.Length, StringComparison.Ordinal);
        if (start >= 0)
            found.Add(new(DetailKind.Secret, Name, start, end < 0 ? plain.Length : end + mark.Length, mark));
    }
}
