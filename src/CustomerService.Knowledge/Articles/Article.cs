using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>One knowledge article: a Markdown file with YAML front matter.</summary>
/// <param name="Id">Stable name, unique within a language; by default the file's name without its extension.</param>
/// <param name="Title">One line, as a customer would say it.</param>
/// <param name="Language">Two-letter ISO 639-1 code, lower case.</param>
/// <param name="Internal">True when only agents may read it. It must never reach a customer.</param>
/// <param name="Intents">The intents that this article answers.</param>
/// <param name="Tags">Further words to find it by.</param>
/// <param name="Body">The Markdown after the front matter.</param>
/// <param name="PlainText">The body without markup; list items keep their number or dash, paragraphs are parted by an empty line.</param>
/// <param name="Steps">The items of the top-level ordered lists, in order, as plain text without their numbers.</param>
/// <param name="Updated">The day on which somebody last checked the facts in it.</param>
/// <param name="SourceFile">Where it was read from.</param>
public sealed record Article(
    string Id,
    string Title,
    string Language,
    bool Internal,
    ImmutableArray<string> Intents,
    ImmutableArray<string> Tags,
    string Body,
    string PlainText,
    ImmutableArray<string> Steps,
    DateOnly? Updated,
    string SourceFile)
{
    /// <summary>The customer tiers it is meant for, lower case; empty means everyone.</summary>
    public ImmutableArray<string> Tiers { get; init; } = [];

    /// <summary>The plain text, section by section: what precedes the first heading, then each heading with its text.</summary>
    public ImmutableArray<string> Sections { get; init; } = [];
}
