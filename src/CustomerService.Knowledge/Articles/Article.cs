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
    public ImmutableArray<ArticleSection> Sections { get; init; } = [];

    /// <summary>A draft is for its writers: no customer, no agent and no automatic answer gets it.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The minute from which it is shown; null for at once.</summary>
    public DateTimeOffset? PublishAt { get; init; }

    /// <summary>The minute from which it is no longer shown; null for never.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>What its writer counts up when the text says something else than before; from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Twelve hexadecimal digits that tell one text from another, also where nobody counted the version up.</summary>
    public string Hash { get; init; } = "";

    /// <summary>What an answer that rests on it gives as its source.</summary>
    public ArticleSourceId SourceId => new(Id, Language, Version);

    /// <summary>Whether it is meant for that tier in particular.</summary>
    public bool IsForTier(string? tier) => tier is not null && Tiers.Contains(tier, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is shown at that time.</summary>
    public bool IsPublished(DateTimeOffset now) => !IsDraft && !(PublishAt > now) && !(ExpireAt <= now);
}

/// <param name="Heading">Null for what precedes the first heading.</param>
/// <param name="Text">Plain text, with the heading as its first line.</param>
public sealed record ArticleSection(string? Heading, string Text)
{
    /// <summary>The text below the heading.</summary>
    public string Body => Heading is null ? Text : Text[Heading.Length..].TrimStart();
}
