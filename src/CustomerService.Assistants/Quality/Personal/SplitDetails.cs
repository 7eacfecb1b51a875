namespace CustomerService.Assistants.Quality.Personal;

/// <summary>Details that were sent in pieces: "my card is 4111 1111" and then "1111 1111".</summary>
internal static class SplitDetails
{
    /// <summary>Adds what of the text belongs to a detail that began earlier.</summary>
    public static void Add(IReadOnlyList<string> earlier, string plain, List<Finding> found)
    {
        var before = string.Join(' ', earlier.Select(text => MappedText.Of(text).Text)) + " ";
        var offset = before.Length;
        if (before.AsSpan().IndexOfAnyInRange('0', '9') < 0)
            return;
        foreach (var finding in PersonalDetails.Found(before + plain))
        {
            if (finding.Start < offset && finding.End > offset && finding.Kind is not DetailKind.Address)
                found.Add(finding with { Start = 0, End = finding.End - offset });
        }

        AddCard(before, plain, found);
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
            if (CardNumber.IsCard(digits) && DetailCues.CardBefore(before, before.Length, before.Length))
                found.Add(new(DetailKind.Card, CardNumber.Name, first.Start, first.End, digits));
        }
    }
}
