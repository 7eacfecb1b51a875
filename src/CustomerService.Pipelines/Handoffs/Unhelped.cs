using CustomerService.Grains.Conversations;

namespace CustomerService.Pipelines.Handoffs;

/// <summary>Whether the assistant is not getting anywhere with this customer: they say so, or ask the same again after its answer.</summary>
internal static class Unhelped
{
    // Of the words of both messages so many are the same.
    private const double Same = 0.8;
    private const int LeastCharacters = 8;

    private static readonly Phrases SaysSo = Phrases.Of(
        @"\b(?:that|this|it)(?:'s|\s+is|\s+was)?\s*(?:not|isn't|wasn't)\s+(?:at\s+all\s+)?(?:what\s+i\s+(?:asked|meant|said|want)|my\s+question|an\s+answer|helpful|helping)",
        @"\b(?:you|u)\s+(?:don'?t|do\s+not|didn'?t|did\s+not|aren'?t|are\s+not)\s+(?:understand|get\s+it|get\s+me|listen|help|answer|read)",
        @"\b(?:that|this|it)\s+(?:doesn'?t|does\s+not|didn'?t|did\s+not)\s+(?:help|answer)",
        @"\b(?:not\s+helpful|unhelpful|useless\s+(?:answer|bot|chat|assistant|reply))\b",
        @"\b(?:eso|esto|esa)\s+no\s+(?:es|era)\s+(?:lo\s+que|mi\s+pregunta)", @"\bno\s+(?:me|nos)\s+(?:est[aá]s?\s+)?(?:entiend|entendi|ayud|sirv|escuch|respond|contest)", @"\bno\s+(?:responde|contesta|respondi[oó])\s+a?\s*mi\s+pregunta",
        @"\bce\s+n'?(?:est|[ée]tait)\s+pas\s+(?:ce\s+que|ma\s+question|[çc]a)", @"\b(?:vous|tu)\s+ne\s+(?:me\s+|m')?(?:compren|r[ée]pond|aid|[ée]cout)\w*\s+pas", @"\b(?:[çc]a|cela)\s+ne\s+(?:m'aide|r[ée]pond|sert|m'est)", @"\br[ée]ponse\s+inutile\b",
        @"\bdas\s+(?:war|ist)\s+(?:gar\s+)?nicht\s+(?:meine\s+frage|was\s+ich|das\s*,?\s*was)", @"\b(?:sie\s+verstehen|du\s+verstehst)\s+(?:mich\s+|es\s+)?nicht", @"\bdas\s+(?:hilft|bringt|beantwortet)\s+(?:mir\s+)?(?:gar\s+|leider\s+|überhaupt\s+)?(?:nicht|nichts|meine\s+frage\s+nicht)",
        "(?:そう|そういうこと|そんなこと)(?:じゃな|ではな|では?ありません)", "聞(?:い|き)(?:て|たい)(?:い)?(?:る)?(?:こと|の)(?:と|に|は)(?:違|答)", "(?:質問|答え|回答)(?:の答え)?に(?:なって|答えて)(?:い)?(?:ない|ません)", "(?:話|言葉|意味)が通じ(?:ない|ません)", "役に立(?:た|ち)(?:ない|ません)", "わかって(?:い)?(?:ない|ません)(?:ね|よ)?");

    /// <summary>Why people should go on, or null. Only where the assistant answered last and asked for nothing.</summary>
    public static string? Reason(RunContext context)
    {
        if (context.History is not [.., { Author: Author.Assistant }] || context.Pending is not null || context.Procedure is { IsOver: false })
            return null;
        var text = Phrases.Read(context.Message.Content);
        if (SaysSo.IsIn(text))
            return "the customer says that the assistant's answer does not help";
        var before = context.History.LastOrDefault(line => line.Author == Author.Customer)?.Text;
        return before is not null && IsSame(text, before) ? "the customer asked the same again after the assistant's answer" : null;
    }

    private static bool IsSame(string now, string before)
    {
        var (words, earlier) = (WordsOf(now), WordsOf(before));
        if (words.Sum(word => word.Length) < LeastCharacters)
            return false; // "Hello" again, "yes" again: no sign of trouble.
        if (words.SetEquals(earlier))
            return true;
        var common = words.Count(earlier.Contains);
        return words.Count >= 4 && common >= Same * (words.Count + earlier.Count - common);
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. new string([.. text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
