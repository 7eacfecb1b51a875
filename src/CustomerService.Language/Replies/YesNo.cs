namespace CustomerService.Language;

/// <summary>What a customer says to a question that is answered with yes or no.</summary>
public enum YesNoAnswer
{
    /// <summary>Neither surely yes nor surely no.</summary>
    Unclear,
    Yes,
    No,
}

/// <summary>
/// Reads yes and no in English, Spanish, French, German and Japanese. It is cautious, since a yes lets something be done: every word has
/// to be part of a yes, so "yes but…", "yes, and also…" and "yes?" are none. A no counts as soon as it is said.
/// </summary>
public static class YesNo
{
    private const int LongestReply = 200;

    /// <param name="text">The customer's whole message, in any of the five languages, whichever the conversation is in.</param>
    public static YesNoAnswer Read(string text)
    {
        if (text.Length > LongestReply)
            return YesNoAnswer.Unclear;
        var folded = FoldedText.Of(text);
        var (yes, no, unclear, rest) = (false, false, text.AsSpan().IndexOfAny('?', '？') >= 0, false);
        foreach (var part in Parts(folded))
        {
            switch (YesNoWords.MeaningOf(part))
            {
                case ReplyMeaning.Yes:
                    yes = true;
                    break;
                case ReplyMeaning.No:
                    no = true;
                    break;
                case ReplyMeaning.Unclear:
                    unclear = true;
                    break;
                case null:
                    rest = true;
                    break;
            }
        }

        return (yes, no, unclear) switch
        {
            (_, _, true) or (true, true, _) => YesNoAnswer.Unclear,
            (_, true, _) => YesNoAnswer.No,
            (true, _, _) when !rest => YesNoAnswer.Yes,
            _ => YesNoAnswer.Unclear,
        };
    }

    /// <summary>What a message begins with that may go on with something else: "yes, but…", "no, the blue one". Nothing may be done on it.</summary>
    public static YesNoAnswer OpeningOf(string text) => Parts(FoldedText.Of(text)).Select(YesNoWords.MeaningOf).FirstOrDefault() switch
    {
        ReplyMeaning.Yes => YesNoAnswer.Yes,
        ReplyMeaning.No => YesNoAnswer.No,
        _ => YesNoAnswer.Unclear,
    };

    /// <summary>The longest phrases that are known, from the left, and single words between them.</summary>
    private static IEnumerable<string> Parts(string folded)
    {
        var at = 1;
        while (at < folded.Length)
        {
            if (folded[at] == ' ')
            {
                at++;
                continue;
            }

            var length = YesNoWords.LongestAt(folded, at);
            if (length == 0)
                length = FoldedText.IsUnspaced(folded[at]) ? 1 : WordLength(folded, at);
            yield return folded.Substring(at, length);
            at += length;
        }
    }

    private static int WordLength(string folded, int at)
    {
        var end = at;
        while (end < folded.Length && folded[end] != ' ' && !FoldedText.IsUnspaced(folded[end]))
            end++;
        return end - at;
    }
}
