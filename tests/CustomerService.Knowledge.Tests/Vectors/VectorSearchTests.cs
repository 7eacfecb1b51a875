using Npgsql;

namespace CustomerService.Knowledge.Tests.Vectors;

/// <summary>Articles by their meaning, over a real socket, with the vectors in memory and in PostgreSQL.</summary>
public sealed class VectorSearchTests : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private readonly PostgreSqlServer _database;
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private EmbeddingServer _server = null!;

    public VectorSearchTests(PostgreSqlServer database)
    {
        _database = database;
        Write("shoes", "Cleaning shoes", "A soft brush takes the dust off.");
        Write("hats", "Where a hat is stored", "It rests on a stand.");
        Write("umbrellas", "Drying an umbrella", "Leave it open.");
    }

    public async Task InitializeAsync() => _server = await EmbeddingServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Meaning_FindsWhatNoWordDoes() => HoldsAsync(null);

    [RequiresFact("postgresql")]
    public async Task Meaning_FindsWhatNoWordDoes_InPostgreSql()
    {
        await using var source = NpgsqlDataSource.Create(await _database.CreateDatabaseAsync());
        await HoldsAsync(source);

        // Another process finds the vectors there, and asks the model for the question alone.
        var asked = _server.Texts.Count;
        var second = await OpenAsync(source);
        Assert.Equal("shoes", await FirstAsync(second, "polish footwear"));
        Assert.Equal(asked + 1, _server.Texts.Count);
    }

    [RequiresFact("postgresql")]
    public async Task PostgreSql_ComparesVectorsExactly()
    {
        await using var source = NpgsqlDataSource.Create(await _database.CreateDatabaseAsync());
        var store = PostgreSqlVectorStore.Open(source, "m");
        await store.KeepAsync([("a", [1, 0]), ("b", [1, 1]), ("c", [0, 1]), ("other-length", [1, 0, 0])], default);

        var nearest = await store.NearestAsync([1, 0.1f], ["a", "b", "c", "other-length"], 3, default);

        Assert.Equal(["a", "b", "c"], nearest.Select(match => match.Hash));
        Assert.Equal(0.995, nearest[0].Cosine, 0.001);
        Assert.Equal(["x"], await store.MissingAsync(["a", "x"], default));
        Assert.Empty(await PostgreSqlVectorStore.Open(source, "another model").NearestAsync([1, 0], ["a"], 3, default));
    }

    [RequiresFact("postgresql", "pgvector")]
    public async Task PostgreSqlWithTheExtension_UsesIt()
    {
        await using var source = NpgsqlDataSource.Create(await _database.CreateDatabaseAsync());

        Assert.True(PostgreSqlVectorStore.Open(source, "m").HasExtension);
    }

    [Fact]
    public async Task ModelThatIsAway_LeavesTheWords_AndIsAskedOncePerPause()
    {
        var time = new ManualTimeProvider();
        var index = await OpenAsync(null, time);
        _server.IsDown = true;

        var before = _server.Keys.Count;
        Assert.Equal("hats", (await index.SearchAsync(new("hat stand", null))).Hits[0].Article.Id);
        Assert.Null(await FirstAsync(index, "polish footwear"));
        Assert.Equal(before + 1, _server.Keys.Count);

        _server.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("shoes", await FirstAsync(index, "polish footwear"));
    }

    [Fact]
    public async Task UnchangedText_IsNotSentAgain_AndTheKeyIs()
    {
        var index = await OpenAsync(null);
        var sent = _server.Texts.Count;
        Write("hats", "Where a hat is stored", "It rests in a box.");

        index.Reload(_folder.Path);
        await index.Preparing;

        Assert.Equal(sent + 1, _server.Texts.Count);
        Assert.All(_server.Keys, key => Assert.Equal("Bearer secret", key));
        Assert.DoesNotContain("secret", _server.Settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EMBEDDINGS_BASE_URL", "localhost", "write an http or https address")]
    [InlineData("EMBEDDINGS_MODEL", "", "EMBEDDINGS_MODEL is not set")]
    [InlineData("EMBEDDINGS_LEAST_SIMILARITY", "high", "write a number between 0 and 1")]
    public void WrongSettings_AreRefusedWithTheFix(string variable, string value, string fix)
    {
        var settings = new Dictionary<string, string> { ["EMBEDDINGS_BASE_URL"] = "http://localhost:1/v1", ["EMBEDDINGS_MODEL"] = "m", [variable] = value };

        var fault = Assert.Throws<FormatException>(() => EmbeddingSettings.FromEnvironment(settings.GetValueOrDefault));

        Assert.Contains(fix, fault.Message, StringComparison.Ordinal);
        Assert.Null(EmbeddingSettings.FromEnvironment(_ => null));
    }

    [Fact]
    public void Fusion_PutsFirstWhatBothFind()
    {
        var fused = RankFusion.Of([(1, 0.5), (2, 0.3)], [new(2, 0.6), new(3, 0.5)]);

        Assert.Equal([2, 1, 3], fused.Select(hit => hit.Row));
        Assert.Equal(0.6, fused[0].Score);
    }

    private async Task HoldsAsync(NpgsqlDataSource? source)
    {
        var index = await OpenAsync(source);

        Assert.Equal("shoes", await FirstAsync(index, "how to polish dirty footwear"));
        Assert.Equal("umbrellas", await FirstAsync(index, "parasol"));
        Assert.Equal("hats", await FirstAsync(index, "hat stand"));
        Assert.True((await index.SearchAsync(new("bicycle", null))).IsRefused);
    }

    private async Task<KnowledgeIndex> OpenAsync(NpgsqlDataSource? source, TimeProvider? time = null)
    {
        var settings = new IndexSettings { Database = source, Embeddings = new EmbeddingEndpoint(_server.Settings, _http), EmbeddingSettings = _server.Settings };
        var index = KnowledgeIndex.Open(_folder.Path, time, settings);
        await index.Preparing;
        return index;
    }

    private static async Task<string?> FirstAsync(KnowledgeIndex index, string text) =>
        await index.SearchAsync(new(text, null)) is { IsRefused: false } result ? result.Hits[0].Article.Id : null;

    private void Write(string name, string title, string body) => _folder.Write(name + ".md", $"---\ntitle: {title}\n---\n{body}\n");
}
