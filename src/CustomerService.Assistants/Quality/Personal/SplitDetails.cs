namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Details that were sent in pieces: "my card is 4111 1111" and then "1111 1111".</summary>
internal static class SplitDetails
{
    // Whoever sends a number in parts says so, if not what number it is.
    private static readonly CueWords Parts = new(
        "first, last, rest, half, remaining, starts, begins, ends with, continues, primer, último, última, resto, mitad, empieza, termina, acaba, sigue, "
        + "début, commence, premier, première, dernier, dernière, reste, moitié, fin, suite, anfang, erste, letzte, rest, hälfte, beginnt, endet, weiter, front, back, beginning, end , ending, principio, final, delante, detrás, devant, derrière, vorn, hinten, zuerst, danach, 最初, 前半, 前, 後, 後半, 残り, 続き, 最後, 上, 下, はじめ, 初め");

    /// <summary>Adds what of the text belongs to a detail that began earlier.</summary>
    public static void Add(IReadOnlyList<string> earlier, string plain, List<Finding> found)
    {
        var before = string.Join(' ', earlier.Select(text => MappedText.Of(text).Text)) + " ";
        var offset = before.Length;
        AddSecret(before, plain, found);
        if (before.AsSpan().IndexOfAnyInRange('0', '9') < 0)
            return;
        foreach (var finding in PersonalDetails.Found(before + plain))
        {
            if (finding.Start < offset && finding.End > offset && finding.Kind is not DetailKind.Address)
                found.Add(finding with { Start = 0, End = finding.End - offset });
        }

        AddCard(before, plain, found);
        AddAccount(before, plain, found);
    }

    /// <summary>An earlier text without the digits that a detail began with; as it was where the detail stood in one message.</summary>
    public static string WithoutPieces(string earlier, PersonalDetail detail)
    {
        // A detail that stood in one message takes at least as much room there as its digits do.
        var value = string.Concat(detail.Value.Where(char.IsAsciiDigit));
        if (value.Length <= detail.Length)
            return earlier;
        var text = MappedText.Of(earlier);
        foreach (var run in DigitRuns.In(text.Text, 4).Reverse().ToList())
        {
            if (!value.Contains(run.Digits, StringComparison.Ordinal))
                continue;
            var (start, end) = (text.OriginOf(run.Start), text.OriginOf(run.End));
            earlier = string.Concat(earlier.AsSpan(0, start), detail.Mark, earlier.AsSpan(end));
        }

        return earlier;
    }

    // With words around the pieces, as in "it starts with 4111 1111" and "and ends with 1111 1111".
    private static void AddCard(string before, string plain, List<Finding> found)
    {
        if (DigitRuns.In(plain, 2).FirstOrDefault() is not { Digits: { } digits } first)
            return;
        var pieces = DigitRuns.In(before, 2).TakeLast(3).ToList();
        for (var i = pieces.Count - 1; i >= 0; i--)
        {
            digits = pieces[i].Digits + digits;
            if (digits.Length > 19)
                return;
            if (CardNumber.IsCard(digits) && (DetailCues.CardBefore(before, before.Length, before.Length) || Parts.AreIn(before) || Parts.AreIn(plain) || IsGroupedAsOnCard(pieces[i..], first, before)))
                found.Add(new(DetailKind.Card, CardNumber.Name, first.Start, first.End, digits));
        }
    }

    // "My password is" and then "Blue!Kettle9": the message is the thing, or begins with it after a word that leads to it.
    private static void AddSecret(string before, string plain, List<Finding> found)
    {
        // What is spoken of before, a card or a message, says what a code is now: the line's end keeps the sentences apart.
        foreach (var finding in PersonalDetails.Found(before[..^1] + "\n" + plain))
        {
            if (finding.Kind == DetailKind.Secret && finding.Start >= before.Length)
                found.Add(finding with { Start = finding.Start - before.Length, End = finding.End - before.Length });
        }

        var told = before.AsSpan().TrimEnd();
        var leads = told.EndsWith(" is", StringComparison.OrdinalIgnoreCase) || told.EndsWith(" es", StringComparison.OrdinalIgnoreCase) || told.EndsWith(" est", StringComparison.OrdinalIgnoreCase)
            || told.EndsWith(" ist", StringComparison.OrdinalIgnoreCase) || told.EndsWith(" lautet", StringComparison.OrdinalIgnoreCase) || (told.Length > 0 && told[^1] is ':' or '=' or 'は');
        if (!leads && plain.AsSpan().Trim().ContainsAny(' ', '\n'))
            return;
        foreach (var finding in PersonalDetails.Found(before + plain))
        {
            if (finding.Kind == DetailKind.Secret && finding.Start == before.Length && finding.End <= before.Length + plain.Length)
                found.Add(finding with { Start = 0, End = finding.End - before.Length });
        }
    }

    private static bool IsGroupedAsOnCard(List<DigitRun> pieces, DigitRun last, string before) =>
        pieces.Append(last).All(piece => piece.Groups.All(group => group.Length == 4)) && !DetailCues.ReferenceBefore(before, pieces[0].Start);

    // "It begins DE41 3704 0044" and "then comes 4533 3147 89".
    private static void AddAccount(string before, string plain, List<Finding> found)
    {
        if (DigitRuns.In(plain, 2).FirstOrDefault() is not { Digits: not null } first)
            return;
        for (var i = before.Length - 4; i >= 0; i--)
        {
            if (!char.IsAsciiLetter(before[i]) || (i > 0 && char.IsAsciiLetterOrDigit(before[i - 1])) || Iban.PieceAt(before, i) is not { } end)
                continue;
            var piece = before[i..end] + " ";
            if (Iban.At(piece + plain[first.Start..], 0) is var (to, account) && to > piece.Length)
                found.Add(new(DetailKind.BankAccount, Iban.Name, first.Start, first.Start + to - piece.Length, account));
            return;
        }
    }
}
