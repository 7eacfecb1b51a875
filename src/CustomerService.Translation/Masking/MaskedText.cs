using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerService.Translation.Masking;

/// <summary>A text whose protected parts are covered, and the way back. The way back is refused unless everything is there once and no more.</summary>
internal sealed class MaskedText
{
    private static readonly Regex Markup = new(@"<[A-Za-z/!?]", RegexOptions.NonBacktracking);
    private static readonly Regex Entity = new("&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10});", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);
    private static readonly Regex Address = new(@"://|www\.|[a-z0-9]@[a-z0-9]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    private readonly MaskForm _form;
    private readonly string _mark;
    private readonly IReadOnlyList<ProtectedPart> _parts;
    private readonly string _between;

    private MaskedText(MaskForm form, string mark, string text, string between, IReadOnlyList<ProtectedPart> parts)
    {
        (_form, _mark, _between, _parts) = (form, mark, between, parts);
        Text = text;
    }

    /// <summary>What the service is given.</summary>
    public string Text { get; }

    /// <summary>Whether there is anything to translate between the parts.</summary>
    public bool HasWords => _between.Any(char.IsLetter);

    /// <summary>Covers the parts; null where this form can't be told from the text.</summary>
    public static MaskedText? Cover(string text, IReadOnlyList<ProtectedPart> parts, MaskForm form)
    {
        if (parts.Count > form.Most || form.MarkFor(text) is not { } mark)
            return null;

        var (masked, between, at) = (new StringBuilder(), new StringBuilder(), 0);
        for (var i = 0; i < parts.Count; i++)
        {
            Pass(parts[i].Start);
            masked.Append(form.Token(mark, i, text.Substring(parts[i].Start, parts[i].Length)));
            between.Append(' ');
            at = parts[i].End;
        }

        Pass(text.Length);
        return new MaskedText(form, mark, masked.ToString(), between.ToString(), parts);

        void Pass(int end)
        {
            masked.Append(form.Encode(text[at..end]));
            between.Append(text, at, end - at);
        }
    }

    /// <summary>The translation with the parts back in their places, or null and what is wrong with it.</summary>
    public string? Uncover(string translated, out string? problem)
    {
        var (restored, between, at) = (new StringBuilder(), new StringBuilder(), 0);
        var seen = new bool[_parts.Count];
        foreach (Match token in _form.Tokens(_mark).Matches(translated))
        {
            var index = _form.IndexOf(token);
            if (index < 0 || index >= seen.Length || IsPartOfWord(translated, token))
                return Wrong("a protected part came back spoilt", out problem);
            if (seen[index])
                return Wrong($"'{_parts[index].Restored}' came back twice", out problem);
            seen[index] = true;
            Pass(token.Index);
            restored.Append(_parts[index].Restored);
            between.Append(' ');
            at = token.Index + token.Length;
        }

        Pass(translated.Length);
        if (Array.IndexOf(seen, false) is >= 0 and var lost)
            return Wrong($"'{_parts[lost].Restored}' was lost", out problem);
        problem = ProblemWith(between.ToString());
        return problem is null ? restored.ToString().Trim() : null;

        void Pass(int end)
        {
            var text = _form.Decode(translated[at..end]);
            restored.Append(text);
            between.Append(text);
        }
    }

    private string? ProblemWith(string between) =>
        HasWords && !between.Any(char.IsLetter) ? "it came back empty"
        : between.Length > (4 * _between.Length) + 200 ? "it came back far too long"
        : _mark.Length > 0 && between.Contains(_mark, StringComparison.OrdinalIgnoreCase) ? "a protected part came back spoilt"
        : Markup.Count(between) > Markup.Count(_between) || Markup.Count(WebUtility.HtmlDecode(between)) > Markup.Count(_between) || Entity.Count(between) > Entity.Count(_between) ? "it came back with markup"
        : Address.Count(between) > Address.Count(_between) ? "it came back with an address that was not in the text"
        : between.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) ? "it came back with control characters"
        : !NumberValues.In(between).SequenceEqual(NumberValues.In(_between)) ? "its numbers are not those of the text"
        : null;

    private static bool IsPartOfWord(string text, Match token)
    {
        static bool Is(char letter) => char.IsAsciiLetterOrDigit(letter);
        var end = token.Index + token.Length;
        return char.IsAsciiLetter(token.ValueSpan[0])
            && ((token.Index > 0 && Is(text[token.Index - 1])) || (end < text.Length && Is(text[end])));
    }

    private static string? Wrong(string what, out string? problem)
    {
        problem = what;
        return null;
    }
}
