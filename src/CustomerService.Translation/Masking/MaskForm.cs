using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace CustomerService.Translation.Masking;

/// <summary>How protected parts are written for a service: in a form that it leaves alone.</summary>
internal abstract class MaskForm
{
    /// <summary>A made-up word for each: nothing that a dictionary knows, and no digit that a service could read.</summary>
    public static MaskForm Words { get; } = new WordForm();

    /// <summary>A number in double brackets: for services that inflect or drop made-up words.</summary>
    public static MaskForm Brackets { get; } = new BracketForm();

    /// <summary>XML elements around the parts themselves, for services that are told to ignore such elements.</summary>
    public static MaskForm Elements { get; } = new ElementForm();

    /// <summary>What must not occur in the text for this form to be clear; the first candidate that does not is used. Null: none is free.</summary>
    public abstract string? MarkFor(string text);

    /// <summary>Most parts that it can tell apart.</summary>
    public virtual int Most => 600;

    public abstract string Token(string mark, int index, string part);

    /// <summary>What stands between tokens, as the service reads it; and back.</summary>
    public virtual string Encode(string text) => text;

    public virtual string Decode(string text) => text;

    /// <summary>Finds tokens; the first group tells the index.</summary>
    public abstract Regex Tokens(string mark);

    public abstract int IndexOf(Match token);

    private sealed class WordForm : MaskForm
    {
        private static readonly string[] Marks = ["Zqx", "Qvk", "Xjz", "Vqj"];

        public override string? MarkFor(string text) => Array.Find(Marks, mark => !text.Contains(mark, StringComparison.OrdinalIgnoreCase));

        public override string Token(string mark, int index, string part) => $"{mark}{(char)('a' + (index / 26))}{(char)('a' + (index % 26))}";

        public override Regex Tokens(string mark) => new($"{mark}([a-z])([a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        public override int IndexOf(Match token) => (Letter(token.Groups[1]) * 26) + Letter(token.Groups[2]);

        private static int Letter(Group group) => char.ToLowerInvariant(group.ValueSpan[0]) - 'a';
    }

    private sealed class BracketForm : MaskForm
    {
        private static readonly Regex Token_ = new(@"\[\s?\[\s?(\d{1,4})\s?\]\s?\]", RegexOptions.CultureInvariant);

        public override string? MarkFor(string text) => text.Contains("[[", StringComparison.Ordinal) || text.Contains("]]", StringComparison.Ordinal) ? null : "";

        public override string Token(string mark, int index, string part) => string.Create(CultureInfo.InvariantCulture, $"[[{index + 1}]]");

        public override Regex Tokens(string mark) => Token_;

        public override int IndexOf(Match token) => int.Parse(token.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
    }

    private sealed class ElementForm : MaskForm
    {
        private static readonly Regex Token_ = new("""<x id="(\d{1,4})"\s*(?:/>|>[^<]*</x>)""", RegexOptions.CultureInvariant);

        public override string? MarkFor(string text) => "";

        public override string Token(string mark, int index, string part) =>
            string.Create(CultureInfo.InvariantCulture, $"""<x id="{index + 1}">{WebUtility.HtmlEncode(part)}</x>""");

        public override string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

        public override string Decode(string text) => WebUtility.HtmlDecode(text);

        public override Regex Tokens(string mark) => Token_;

        public override int IndexOf(Match token) => int.Parse(token.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
    }
}
