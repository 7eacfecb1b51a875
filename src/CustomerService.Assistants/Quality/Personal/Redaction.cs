using System.Collections.Immutable;
using System.Text;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>A text with marks such as <c>[card]</c> in the place of personal details.</summary>
/// <param name="Text">Without the details.</param>
/// <param name="Kinds">What was found, each kind as often as it was.</param>
public sealed record RedactedText(string Text, ImmutableArray<DetailKind> Kinds);

/// <summary>Takes personal details out of texts, for logs, traces, exports, models and outside systems.</summary>
public static class Redaction
{
    /// <summary>The text without any detail.</summary>
    /// <param name="earlier">See <see cref="PersonalDetails.FindIn"/>.</param>
    public static RedactedText Redact(string text, IReadOnlyList<string>? earlier = null) => Of(text, PersonalDetails.FindIn(text, earlier));

    /// <summary>
    /// The text without what nobody needs to see again: cards, accounts, national ids and secrets. Names and ways to reach somebody stay,
    /// since an answer or a colleague may need them.
    /// </summary>
    /// <param name="earlier">See <see cref="PersonalDetails.FindIn"/>.</param>
    public static RedactedText RedactGuarded(string text, IReadOnlyList<string>? earlier = null) =>
        Of(text, [.. PersonalDetails.FindIn(text, earlier).Where(detail => detail.IsGuarded)]);

    /// <summary>One person's messages without what nobody needs to see again, both halves of what was sent in two pieces included.</summary>
    /// <param name="texts">Oldest first.</param>
    public static ImmutableArray<string> RedactConversation(IReadOnlyList<string> texts)
    {
        var redacted = texts.ToArray();
        for (var i = 0; i < texts.Count; i++)
        {
            ImmutableArray<PersonalDetail> details = [.. PersonalDetails.FindIn(texts[i], [.. texts.Take(i)]).Where(detail => detail.IsGuarded)];
            redacted[i] = Without(texts[i], details);
            foreach (var detail in details)
            {
                for (var j = i - 1; j >= 0 && j >= i - PersonalDetails.EarlierTexts; j--)
                    redacted[j] = SplitDetails.WithoutPieces(redacted[j], detail);
            }
        }

        return [.. redacted];
    }

    /// <summary>The text without the given details, which are in the order of their places.</summary>
    internal static string Without(string text, ImmutableArray<PersonalDetail> details)
    {
        if (details.IsEmpty)
            return text;
        var redacted = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var detail in details)
        {
            redacted.Append(text, copied, detail.Start - copied).Append(detail.Mark);
            copied = detail.Start + detail.Length;
        }

        return redacted.Append(text, copied, text.Length - copied).ToString();
    }

    private static RedactedText Of(string text, ImmutableArray<PersonalDetail> details) => new(Without(text, details), [.. details.Select(detail => detail.Kind)]);
}
