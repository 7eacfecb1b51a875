using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CustomerService.Knowledge;

/// <summary>Where the index of the articles is kept, and what finds them besides their words.</summary>
public sealed record IndexSettings
{
    /// <summary>Keeps the index in this database instead of in memory. It stays the caller's to close.</summary>
    public NpgsqlDataSource? Database { get; init; }

    /// <summary>Makes vectors of texts; null: articles are found by their words alone. It stays the caller's to dispose of.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; init; }

    /// <summary>Of <see cref="Embeddings"/>.</summary>
    public EmbeddingSettings? EmbeddingSettings { get; init; }

    /// <summary>Told when the model cannot be reached.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal ITermIndex BuildTerms(IReadOnlyCollection<LanguageArticles> languages) =>
        Database is null ? new MemoryTermIndex(languages) : PostgreSqlTermIndex.Build(Database, languages);

    internal VectorSearch? OpenVectors(TimeProvider time) => Embeddings is null || EmbeddingSettings is null ? null
        : new VectorSearch(Embeddings, EmbeddingSettings, Database is null ? new MemoryVectorStore() : PostgreSqlVectorStore.Open(Database, EmbeddingSettings.Model), time, Logger);
}
