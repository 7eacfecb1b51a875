using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>An article as another system had it.</summary>
/// <param name="Place">Where it was read, for messages: a file, or a record in it.</param>
/// <param name="Body">Markdown.</param>
internal sealed record ImportedArticle(string Place, string Id, string Title, string Body)
{
    /// <summary>Null where the source does not say.</summary>
    internal string? Language { get; init; }

    internal ImmutableArray<string> Tags { get; init; } = [];

    internal ImmutableArray<string> Intents { get; init; } = [];

    internal ImmutableArray<string> Tiers { get; init; } = [];

    internal bool Internal { get; init; }

    internal bool IsDraft { get; init; }

    internal DateOnly? Updated { get; init; }
}

/// <summary>What a source holds.</summary>
/// <param name="Problems">Records that cannot be imported, each with its place and what to do.</param>
internal sealed record ImportSource(ImmutableArray<ImportedArticle> Articles, ImmutableArray<string> Problems)
{
    internal static ImportSource Of(ImportedArticle article) => new([article], []);

    internal static ImportSource Wrong(string problem) => new([], [problem]);

    internal static ImportSource Join(IEnumerable<ImportSource> sources)
    {
        var all = sources.ToList();
        return new([.. all.SelectMany(source => source.Articles)], [.. all.SelectMany(source => source.Problems)]);
    }
}
