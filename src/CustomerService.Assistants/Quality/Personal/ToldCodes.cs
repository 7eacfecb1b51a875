using System.Buffers;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// Numbers that a sentence tells to be a one-time code, a PIN or a card's check code, with any words between: "the code you texted me is 604417",
/// "der Code 730912 aus der SMS", "expires 09/28, code 734". A mere "code" counts only where the text speaks of sending it, of signing in or of a card.
/// </summary>
internal static class ToldCodes
{
    private const string Name = "secret code";
    private const int Within = 70;
    private const int Aside = 120;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <param name="found">What cards were found already: what stands beside one may be its check code.</param>
    public static void FindIn(string plain, List<Finding> found)
    {
        AfterExpiry(plain, found);
        for (var at = 0; Next(plain, at) is var (start, end, digits); at = end)
        {
            if (digits is >= 3 and <= 8 && IsBare(plain, start, end) && IsTold(plain, start, end, digits, found))
                found.Add(new(DetailKind.Secret, Name, start, end, plain[start..end]));
        }
    }

    private static bool IsTold(string plain, int start, int end, int digits, List<Finding> found)
    {
        var sentence = Sentence.Around(plain, start);
        var nearest = LastNumberEnd(plain, start, sentence);
        if (digits <= 4 && IsCardCheck(plain, start, end, sentence, nearest, found))
            return true;
        if (digits < 4)
            return false;
        if (Said(CodeWords.Proofs, plain, start, end, sentence, nearest))
            return true;
        if (CodeWords.Offers.FirstIn(plain, sentence.Start, sentence.End) is not null)
            return false;
        var from = Math.Max(nearest, start - Within);
        var before = SaidBefore(CodeWords.Codes, plain, start, from) ?? SaidBefore(CodeWords.Digits, plain, start, from);
        if ((before ?? SaidAfter(CodeWords.Codes, plain, end, sentence)) is not { } word)
            return digits == 6 && SaidBefore(CodeWords.Messages, plain, start, Math.Max(nearest, start - 40)) is not null;
        if (IsOfThing(plain, word))
            return false;
        var linked = digits == 6 && before is { } code && IsLink(plain.AsSpan(code.End, start - code.End));
        return linked || CodeWords.Sent.FirstIn(plain, Math.Max(0, start - Aside), Math.Min(plain.Length, end + Aside)) is not null;
    }

    private static bool IsCardCheck(string plain, int start, int end, Sentence sentence, int nearest, List<Finding> found)
    {
        if (Said(CodeWords.CardChecks, plain, start, end, sentence, nearest))
            return true;
        var onBack = CodeWords.Back.FirstIn(plain, sentence.Start, sentence.End) is not null;
        var ofCard = CodeWords.Cards.FirstIn(plain, Math.Max(0, start - Aside), start) is not null || found.Exists(card => card.Kind == DetailKind.Card && card.End <= start && start - card.End < Within);
        var from = Math.Max(sentence.Start, start - Within);
        if (onBack && !DetailCues.ReferenceBefore(plain, start, start - from) && (CodeWords.Digits.LastWhole(plain, from, start) is not null || (ofCard && CodeWords.Numbers.LastWhole(plain, from, start) is not null)))
            return true;
        // After the whole number of a card, other digits or codes are its own; after a mere word of it, only what follows at once.
        var whole = found.FindLast(card => card.Kind == DetailKind.Card && card.End <= start);
        if (whole.End > 0 && start - whole.End < Aside && (LastOf(plain, Math.Max(from, whole.End), start) is { } told) && !IsOfThing(plain, told))
            return true;
        return ofCard && CodeWords.Codes.LastWhole(plain, Math.Max(sentence.Start, start - 12), start) is { } word && !IsOfThing(plain, word);
    }

    private static (int Start, int End)? LastOf(string plain, int from, int to) => CodeWords.Digits.LastWhole(plain, from, to) ?? CodeWords.Codes.LastWhole(plain, from, to);

    private static bool Said(CueWords words, string plain, int start, int end, Sentence sentence, int nearest) =>
        SaidBefore(words, plain, start, Math.Max(nearest, start - Within)) is not null || SaidAfter(words, plain, end, sentence) is not null;

    private static (int Start, int End)? SaidBefore(CueWords words, string plain, int start, int from) =>
        words.LastWhole(plain, from, start) is { } word && (IsLinked(plain, start) || !DetailCues.ReferenceBefore(plain, start, start - word.End)) && !IsYear(plain, word.End, start, Math.Min(plain.Length, start + 4)) ? word : null;

    private static (int Start, int End)? SaidAfter(CueWords words, string plain, int end, Sentence sentence) =>
        words.FirstIn(plain, end, Math.Min(sentence.End, end + 40)) is { } word && CodeWords.Connects(plain.AsSpan(end, word.Start - end)) ? word : null;

    // "I never got a code in 2025": a year, unless it is pointed at.
    private static bool IsYear(string plain, int from, int start, int end) =>
        end - start == 4 && plain.AsSpan(start, 2) is "19" or "20" && (end == plain.Length || !char.IsAsciiDigit(plain[end])) && !IsLink(plain.AsSpan(from, start - from));

    // "the PIN for the parcel is 4829"
    private static bool IsLinked(string plain, int start)
    {
        var before = plain.AsSpan(0, start).TrimEnd();
        return before.EndsWith(" is") || before.EndsWith(" es") || before.EndsWith(" est") || before.EndsWith(" ist") || before.EndsWith(" lautet");
    }

    private static bool IsLink(ReadOnlySpan<char> between) =>
        between.Trim(" :=\"'“「『«は") is "" or "is" or "was" or "es" or "era" or "est" or "était" or "ist" or "war" or "lautet";

    private static bool IsOfThing(string plain, (int Start, int End) word)
    {
        var sentence = Sentence.Around(plain, word.Start);
        if (CodeWords.OfThings.FirstIn(plain, Math.Max(sentence.Start, word.Start - 16), word.Start) is not null || (word.Start > 0 && plain[word.Start - 1] == '-' && !plain.AsSpan(0, word.Start).EndsWith("SMS-", StringComparison.OrdinalIgnoreCase)))
            return true;
        var rest = plain.AsSpan(word.End).TrimStart(" -");
        foreach (var joint in (ReadOnlySpan<string>)["de la ", "de l'", "del ", "des ", "de ", "du ", "d'", "d’", "zu ", "für "])
        {
            if (rest.StartsWith(joint, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[joint.Length..];
                break;
            }
        }

        return CodeWords.OfThings.FirstIn(plain, plain.Length - rest.Length, Math.Min(plain.Length, plain.Length - rest.Length + 14)) is var (at, _) && at == plain.Length - rest.Length;
    }

    /// <summary>Where the last number of three digits or more before a place ends; what is said before that is said of it.</summary>
    private static int LastNumberEnd(string plain, int start, Sentence sentence)
    {
        var end = sentence.Start;
        for (var at = sentence.Start; Next(plain, at) is var (from, to, digits) && from < start; at = to)
        {
            if (digits >= 3)
                end = to;
        }

        return end;
    }

    /// <summary>The next number, one in two halves ("551 208", "551-208") as one.</summary>
    private static (int Start, int End, int Digits)? Next(string plain, int at)
    {
        var from = at < plain.Length ? plain.AsSpan(at).IndexOfAny(Digits) : -1;
        if (from < 0)
            return null;
        var start = at + from;
        var end = EndOfDigits(plain, start);
        var length = end - start;
        if (length is 3 or 4 && end + 1 < plain.Length && plain[end] is ' ' or '-' && EndOfDigits(plain, end + 1) is var second && second - end - 1 == length && !Continues(plain, second))
            return (start, second, length * 2);
        return (start, end, length);
    }

    private static int EndOfDigits(string plain, int at)
    {
        while (at < plain.Length && char.IsAsciiDigit(plain[at]))
            at++;
        return at;
    }

    private static bool Continues(string plain, int end) =>
        end + 1 < plain.Length && plain[end] is '.' or ',' or ':' or '/' or '-' && char.IsAsciiDigit(plain[end + 1])
        || (end + 2 < plain.Length && plain[end] == ' ' && char.IsAsciiDigit(plain[end + 1]) && char.IsAsciiDigit(plain[end + 2]));

    /// <summary>Whether a number is no part of a date, a time, an amount, a longer number or an id, and counts nothing.</summary>
    private static bool IsBare(string plain, int start, int end)
    {
        if (start > 0 && (char.IsAsciiLetter(plain[start - 1]) || plain[start - 1] is '#' or '_' or '$' or '€' or '£' or '¥' or '+' or '(' && end < plain.Length && plain[end] == ')'))
            return false;
        if (start > 1 && plain[start - 1] is '.' or ',' or ':' or '/' or '-' or ' ' && char.IsAsciiDigit(plain[start - 2]) && (plain[start - 1] != ' ' || (start > 2 && char.IsAsciiDigit(plain[start - 3]))))
            return false;
        return !Continues(plain, end) && (end == plain.Length || (!char.IsAsciiLetter(plain[end]) && plain[end] is not ('_' or '%')))
            && !(CodeWords.Units.FirstIn(plain, end, Math.Min(plain.Length, end + 12)) is var (unit, stop) && unit <= end + 1 && EndsWord(plain, unit, stop));
    }

    // A unit of a letter or two has to be the whole word.
    private static bool EndsWord(string plain, int start, int end) => end - start > 2 || end == plain.Length || !char.IsLetter(plain[end]) || plain[start] >= '\u2E80';

    // "4111 1111 1111 1111 12/27 123", "…, exp. 12/27 and 123": what follows a card's date is its code.
    private static void AfterExpiry(string plain, List<Finding> found)
    {
        for (var i = found.Count - 1; i >= 0; i--)
        {
            if (found[i].Kind != DetailKind.Card || Next(plain, found[i].End) is not var (month, slash, _) || month - found[i].End > 30)
                continue;
            if (slash - month is < 1 or > 2 || slash >= plain.Length || plain[slash] is not ('/' or '-'))
                continue;
            var year = EndOfDigits(plain, slash + 1);
            var code = SkipSeparators(plain, year);
            foreach (var and in (ReadOnlySpan<string>)["and ", "y ", "et ", "und "])
                code = string.CompareOrdinal(plain, code, and, 0, and.Length) == 0 ? code + and.Length : code;
            var end = EndOfDigits(plain, code);
            if (year - slash - 1 is 2 or 4 && code > year && end - code is 3 or 4 && !Continues(plain, end))
                found.Add(new(DetailKind.Secret, Name, code, end, plain[code..end]));
        }
    }

    private static int SkipSeparators(string plain, int at)
    {
        while (at < plain.Length && plain[at] is ' ' or ',' or ';' or '/' or '\n' or '、')
            at++;
        return at;
    }
}
