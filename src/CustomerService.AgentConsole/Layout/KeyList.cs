using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Layout;

/// <summary>A key, or several one after another, and what it does.</summary>
/// <param name="Keys">As they are pressed, such as <c>j</c>.</param>
/// <param name="What">A key of the words.</param>
/// <param name="InField">Works while somebody writes; the others are for when no field has the focus.</param>
internal sealed record KeyUse(string What, bool InField, params ImmutableArray<string> Keys);

/// <summary>All keys of the console: the sheet behind <c>?</c> shows them, and <see cref="Shortcuts"/> tells pages of no other.</summary>
internal static class KeyList
{
    public const string Sheet = "?";

    public static ImmutableArray<KeyUse> All { get; } =
    [
        new("keys.sheet", InField: false, Sheet),
        new("keys.accept", InField: false, "a"),
        new("keys.decline", InField: false, "d"),
        new("keys.next", InField: false, "j", "k"),
        new("keys.view", InField: false, "1", "2", "3", "4", "5"),
        new("keys.view_letter", InField: false, "g", "m", "o", "w", "s", "t"),
        new("keys.send", InField: true, "Ctrl + Enter"),
        new("keys.replies", InField: true, "/"),
        new("keys.mention", InField: true, "@"),
        new("keys.articles", InField: true, "Ctrl + K"),
        new("keys.close", InField: true, "Escape"),
    ];

    private static readonly ImmutableHashSet<string> Pages = [.. All.Where(use => !use.InField).SelectMany(use => use.Keys)];

    /// <summary>Whether pages hear of it.</summary>
    public static bool IsForPages(string key) => Pages.Contains(key);
}
