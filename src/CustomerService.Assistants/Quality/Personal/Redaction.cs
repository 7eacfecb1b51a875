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
    public static RedactedText Redact(string text, IReadOnlyList<string>? earlier = null) => Without(text, earlier, static _ => true);

    /// <summary>
    /// The text without what nobody needs to see again: cards, accounts, national ids and secrets. Names and ways to reach somebody stay,
    /// since an answer or a colleague may need them.
    /// </summary>
    /// <param name="earlier">See <see cref="PersonalDetails.FindIn"/>.</param>
    public static RedactedText RedactGuarded(string text, IReadOnlyList<string>? earlier = null) => Without(text, earlier, static detail => detail.IsGuarded);

    internal static RedactedText Without(string text, IReadOnlyList<string>? earlier, Func<PersonalDetail, bool> goes)
    {
        var details = PersonalDetails.FindIn(text, earlier);
        if (details.IsEmpty)
            return new(text, []);
        var redacted = new StringBuilder(text.Length);
        var kinds = ImmutableArray.CreateBuilder<DetailKind>();
        var copied = 0;
        foreach (var detail in details)
        {
            if (!goes(detail))
                continue;
            redacted.Append(text, copied, detail.Start - copied).Append(detail.Mark);
            copied = detail.Start + detail.Length;
            kinds.Add(detail.Kind);
        }

        return new(redacted.Append(text, copied, text.Length - copied).ToString(), kinds.ToImmutable());
    }
}
