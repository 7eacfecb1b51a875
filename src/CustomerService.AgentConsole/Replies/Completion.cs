namespace CustomerService.AgentConsole.Replies;

/// <summary>What is offered while somebody types.</summary>
internal enum CompletionKind
{
    /// <summary>Canned replies and macros, after <c>/</c>.</summary>
    Reply,

    /// <summary>Colleagues, after <c>@</c>.</summary>
    Mention,
}

/// <summary>The word before the caret, where it asks for something.</summary>
/// <param name="From">Where its sign stands; what is chosen replaces the text from there to the caret.</param>
/// <param name="Typed">After the sign.</param>
internal sealed record Completion(CompletionKind Kind, int From, string Typed)
{
    private const int LongestWord = 64;

    /// <param name="caret">In UTF-16 code units, as browsers count.</param>
    /// <returns>Null: the word asks for nothing. A sign in the middle of a word, as in "and/or" or an e-mail address, is none.</returns>
    public static Completion? At(string text, int caret, CompletionKind kind)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var sign = kind == CompletionKind.Reply ? '/' : '@';
        for (var at = caret - 1; at >= 0 && caret - at <= LongestWord; at--)
        {
            if (text[at] == sign)
                return at == 0 || char.IsWhiteSpace(text[at - 1]) ? new Completion(kind, at, text[(at + 1)..caret]) : null;
            if (!char.IsLetterOrDigit(text[at]) && text[at] is not ('-' or '.' or '_'))
                return null;
        }

        return null;
    }
}
