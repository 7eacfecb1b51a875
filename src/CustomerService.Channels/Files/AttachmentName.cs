using System.Globalization;
using System.Text;

namespace CustomerService.Channels.Files;

/// <summary>Names of files as their senders chose them, made harmless for whoever sees or saves them.</summary>
public static class AttachmentName
{
    public const int MaxLength = 120;

    private const string NotInFileNames = "\"*/:<>?\\|";

    /// <summary>Without folders, characters that some system forbids, and those that hide what the name ends with; never empty.</summary>
    public static string Safe(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var safe = new StringBuilder(last.Length);
        foreach (var rune in last.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var hides = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (hides || NotInFileNames.Contains(rune.ToString(), StringComparison.Ordinal))
                continue;
            safe.Append(rune);
        }

        var text = safe.ToString().Trim(' ', '.');
        return text.Length == 0 ? "file" : text.Length <= MaxLength ? text : Shortened(text);
    }

    /// <summary>The ending says what it is, so it stays.</summary>
    private static string Shortened(string name)
    {
        var dot = name.LastIndexOf('.');
        var ending = dot > 0 && name.Length - dot <= 12 ? name[dot..] : "";
        var length = MaxLength - ending.Length;
        if (char.IsHighSurrogate(name[length - 1]))
            length--;
        return name[..length] + ending;
    }
}
