using System.Collections.Frozen;

namespace CustomerService.Assistants.Quality.Personal;

/// <summary>E-mail addresses, also written for people's eyes only: "ann (at) example dot com", "ana arroba ejemplo punto es".</summary>
internal static class Emails
{
    public const string Name = "e-mail address";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevels = (
        "com net org edu gov info biz io co us uk es fr de jp eu it pt nl be ch at ca mx ar cl pe ie au app dev shop store online me tv cat "
        + "example test email mail cloud site ai").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Certain = ["(at)", "[at]", "{at}", "<at>", "(arroba)", "[arroba]", "(arobase)", "[arobase]", "(ät)", "arroba", "arobase", "arobas", "klammeraffe", "アットマーク", "アット"];

    private static readonly string[] Dots = ["(dot)", "[dot]", "{dot}", "(punto)", "[punto]", "(point)", "[point]", "(punkt)", "[punkt]", "(.)", "dot", "punto", "point", "punkt", "ドット", "."];

    // What is said for the signs within a name.
    private static readonly string[] Joints =
        [.. Dots[..^1], "underscore", "dash", "hyphen", "guion bajo", "guión bajo", "guion", "guión", "tiret bas", "tiret", "underscore", "unterstrich", "bindestrich", "アンダーバー", "ハイフン"];

    // "Look at shop dot com" names no one.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoNames = (
        "look looking is are am be was were us me you him her them it meet bought buy ordered order find found see seen visit available arrive arrived shop page site sold listed all not only posted here there online read check")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = "the this that these those your our my some any every"
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static void FindIn(string plain, List<Finding> found)
    {
        for (var at = plain.IndexOf('@', StringComparison.Ordinal); at >= 0; at = plain.IndexOf('@', at + 1))
        {
            // "Follow us @shop.example" names an account; "ann @ shop.example" an address.
            var before = at > 0 && plain[at - 1] == ' ';
            if (!before || (at + 1 < plain.Length && plain[at + 1] == ' '))
                Add(plain, at, at + 1, spelled: false, certain: !before, found);
        }

        foreach (var word in Certain)
        {
            for (var at = plain.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = plain.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
                Add(plain, at, at + word.Length, spelled: true, certain: true, found);
        }

        for (var at = plain.IndexOf(" at ", StringComparison.OrdinalIgnoreCase); at >= 0; at = plain.IndexOf(" at ", at + 3, StringComparison.OrdinalIgnoreCase))
            Add(plain, at + 1, at + 3, spelled: true, certain: false, found);
        for (var at = plain.IndexOf(" ät ", StringComparison.OrdinalIgnoreCase); at >= 0; at = plain.IndexOf(" ät ", at + 3, StringComparison.OrdinalIgnoreCase))
            Add(plain, at + 1, at + 3, spelled: true, certain: true, found);
    }

    private static void Add(string plain, int at, int after, bool spelled, bool certain, List<Finding> found)
    {
        var start = LocalStart(plain, at);
        if (start < 0 || DomainEnd(plain, after, spelled) is not var (end, domain, plainDots))
            return;
        var local = plain[start..at].Trim();
        if (!certain && ((spelled && plainDots) || IsOrdinary(plain, start, local)))
            return;
        var address = $"{local}@{domain}";
        found.Add(new(DetailKind.Email, Name, start, end, address.Contains(' ', StringComparison.Ordinal) ? address.Replace(" ", "", StringComparison.Ordinal) : address));
    }

    // "Look at the kettle at shop dot com": a word of the sentence, not a name.
    private static bool IsOrdinary(string plain, int start, string local)
    {
        if (local.Any(c => char.IsAsciiDigit(c) || c is '.' or '_' or ' '))
            return false;
        var before = plain.AsSpan(0, start).TrimEnd(' ');
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return NoNames.Contains(local) || Articles.Contains(word);
    }

    /// <summary>Where the part before the sign begins; −1 where there is none.</summary>
    private static int LocalStart(string plain, int at)
    {
        var end = at;
        if (end > 0 && plain[end - 1] == ' ')
            end--;
        var start = end;
        while (true)
        {
            while (start > 0 && IsAddressCharacter(plain[start - 1]))
                start--;
            if (start == end || DotBefore(plain, start) is not { } dot || dot == 0 || !IsAddressCharacter(plain[dot - 1]))
                break;
            end = start = dot;
        }

        while (start < at && plain[start] is '.' or '-' or '+')
            start++;
        return start < at && IsAddressCharacter(plain[start]) ? start : -1;
    }

    // "ann dot lee at …": the word for a dot between two parts.
    private static int? DotBefore(string plain, int at)
    {
        foreach (var dot in Joints)
        {
            var before = plain.AsSpan(0, at).TrimEnd(' ');
            if (before.Length < at && before.Length > dot.Length && before.EndsWith(dot, StringComparison.OrdinalIgnoreCase) && before[before.Length - dot.Length - 1] == ' ')
                return before[..^dot.Length].TrimEnd(' ').Length;
        }

        return null;
    }

    private static (int End, string Domain, bool PlainDots)? DomainEnd(string plain, int after, bool spelled)
    {
        var spaced = after < plain.Length && plain[after] == ' ';
        var position = after + (spaced ? 1 : 0);
        var (labelEnd, domain) = Label(plain, position);
        if (domain.Length == 0)
            return null;
        var (end, last, plainDots, labels) = (labelEnd, domain, true, 1);
        while (DotAt(plain, end) is { } dotEnd)
        {
            var (next, label) = Label(plain, dotEnd);
            if (label.Length == 0)
                break;
            var written = dotEnd == end + 1;
            // After spaces only a known ending goes on: "ann@shop. Come over".
            if (!written && !TopLevels.Contains(label))
                break;
            (end, last, domain, labels) = (next, label, $"{domain}.{label}", labels + 1);
            plainDots &= written;
        }

        if (labels < 2 || last.Length < 2 || char.IsAsciiDigit(last[0]) || ((spelled || spaced) && !TopLevels.Contains(last)))
            return null;
        return (end, domain, plainDots);
    }

    private static (int End, string Label) Label(string plain, int start)
    {
        var end = start;
        while (end < plain.Length && (char.IsAsciiLetterOrDigit(plain[end]) || plain[end] == '-'))
            end++;
        var label = plain.AsSpan(start, end - start).TrimEnd('-');
        return (start + label.Length, label.ToString());
    }

    /// <summary>Where a dot ends that stands at a place, with the spaces around a spelled one.</summary>
    private static int? DotAt(string plain, int at)
    {
        if (at < plain.Length && plain[at] == '.')
            return at + (at + 2 < plain.Length && plain[at + 1] == ' ' && char.IsAsciiLetterLower(plain[at + 2]) ? 2 : 1);
        var start = at;
        while (start < plain.Length && plain[start] == ' ' && start - at < 2)
            start++;
        foreach (var dot in Dots)
        {
            if (!plain.AsSpan(start).StartsWith(dot, StringComparison.OrdinalIgnoreCase))
                continue;
            var end = start + dot.Length;
            if (char.IsAsciiLetter(dot[0]) && (start == at || end >= plain.Length || plain[end] != ' '))
                continue;
            return end < plain.Length && plain[end] == ' ' ? end + 1 : end;
        }

        return null;
    }

    private static bool IsAddressCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' || (c is >= '\u00C0' and < '\u0250');
}
