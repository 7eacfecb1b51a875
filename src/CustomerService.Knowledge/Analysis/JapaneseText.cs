using System.Collections.Frozen;

namespace CustomerService.Knowledge;

internal enum Script
{
    /// <summary>Not Japanese: letters with spaces between the words, digits, signs.</summary>
    None,
    Kanji,
    Katakana,
    Hiragana,
}

/// <summary>
/// Japanese without a dictionary. Kanji carry the meaning, two at a time; a run of katakana is a word from abroad; hiragana are mostly grammar,
/// so they only support.
/// </summary>
internal static class JapaneseText
{
    // Grammar and politeness, as bigrams of hiragana: what every question has.
    private static readonly FrozenSet<string> Grammar = """
        です ます ませ せん した して てい いる いま まし しま しょ ょう うか ですか たい いの のに には では でも こと もの ので から まで より など
        とい いう なの なん のが のを のは れる られ れて れま ない なく なっ って っと った たの たが すか すが るの るか いで いて きま ある あり りま
        おり おね ねが がい いし くだ ださ さい どう うし うす すれ ればば いい よい でき きる ため たち この その あの どの これ それ あれ ここ そこ
        んで んな うな よう うに もう かも がで とは とが をし にし のお ても てく くれ もら らえ えま えて
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    internal static Script ScriptOf(char letter) => letter switch
    {
        >= 'ぁ' and <= 'ゖ' => Script.Hiragana,
        >= 'ァ' and <= 'ヺ' or 'ー' => Script.Katakana,
        >= '一' and <= '鿿' or >= '㐀' and <= '䶿' or '々' => Script.Kanji,
        _ => Script.None,
    };

    /// <param name="text">Of these scripts only.</param>
    internal static IEnumerable<Term> Terms(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var script = ScriptOf(text[start]);
            var end = start + 1;
            while (end < text.Length && ScriptOf(text[end]) == script)
                end++;
            var run = text[start..end];
            if (script == Script.Katakana && run.Length > 1 || run.Length == 1 && script == Script.Kanji)
                yield return new Term(run, IsGram: false);
            for (var at = 0; at + 1 < run.Length; at++)
            {
                var pair = run.Substring(at, 2);
                if (script == Script.Kanji)
                    yield return new Term(pair, IsGram: false);
                if (script == Script.Katakana || (script == Script.Hiragana && !Grammar.Contains(pair)))
                    yield return new Term(pair, IsGram: true);
            }
            if (script == Script.Kanji)
            {
                foreach (var sign in run)
                    yield return new Term(sign.ToString(), IsGram: true);
            }
            start = end;
        }
    }
}
