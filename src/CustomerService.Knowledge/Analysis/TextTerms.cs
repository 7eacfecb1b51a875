namespace CustomerService.Knowledge;

/// <summary>
/// The terms of a text. Words in Latin and other alphabets are stemmed by their language and cut into four-letter grams; Japanese, which
/// has no spaces, is read by its scripts. Only letters and digits pass, so a text can never be read as search syntax.
/// </summary>
internal static class TextTerms
{
    private const int GramLength = 4;
    private const int LongestWord = 40;

    internal static IEnumerable<Term> Of(string text, string language)
    {
        var folded = TextFold.Of(text);
        var stemmer = Stemmers.Of(language);
        var before = "";
        for (var start = 0; start < folded.Length;)
        {
            if (JapaneseText.ScriptOf(folded[start]) != Script.None)
            {
                var end = start + 1;
                while (end < folded.Length && JapaneseText.ScriptOf(folded[end]) != Script.None)
                    end++;
                foreach (var term in JapaneseText.Terms(folded[start..end]))
                    yield return term;
                start = end;
            }
            else if (char.IsLetterOrDigit(folded[start]))
            {
                var end = start + 1;
                while (end < folded.Length && char.IsLetterOrDigit(folded[end]) && JapaneseText.ScriptOf(folded[end]) == Script.None)
                    end++;
                var spelt = folded[start..end];
                if (spelt.Length is >= 2 and <= LongestWord && !StopWords.Has(language, before, spelt))
                {
                    var word = language == "de" ? Umlauts(spelt) : spelt;
                    yield return new Term(stemmer.Stem(word), IsGram: false);
                    foreach (var gram in Grams(word))
                        yield return new Term(gram, IsGram: true);
                }
                before = spelt;
                start = end;
            }
            else
            {
                start++;
            }
        }
    }

    // '_' marks where a word begins, which says more than its middle; its end is inflection.
    private static IEnumerable<string> Grams(string word)
    {
        if (word.Length < GramLength)
            yield break;
        yield return "_" + word[..(GramLength - 1)];
        for (var start = 0; start + GramLength <= word.Length; start++)
            yield return word.Substring(start, GramLength);
    }

    // "zurueck" for "zurück", as people type it whose keyboard lacks the letter. Articles are read alike, so no harm is done to "neue".
    private static string Umlauts(string word) =>
        word.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal);
}
