namespace CustomerService.Knowledge;

/// <summary>What a text is searched by.</summary>
/// <param name="Text">As the index knows it: folded, and for words stemmed.</param>
/// <param name="IsGram">A few letters of a word rather than the word: it finds what is misspelt, compounded or inflected.</param>
internal readonly record struct Term(string Text, bool IsGram)
{
    /// <summary>The name in an index that holds both kinds: words hold letters and digits only, so a mark before tells them apart.</summary>
    internal string Key => IsGram ? "~" + Text : Text;
}
