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
