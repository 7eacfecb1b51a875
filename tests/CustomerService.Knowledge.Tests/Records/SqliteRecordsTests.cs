namespace CustomerService.Knowledge.Tests.Records;

public sealed class SqliteRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileOfSomethingElse_IsRefusedWithTheFix()
    {
        var path = _folder.Write("knowledge.db", new string('x', 5_000));

        var fault = Assert.Throws<InvalidDataException>(() => KnowledgeRecords.Open(path, TimeProvider.System));

        Assert.StartsWith($"{path}: the votes on articles cannot be kept there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Votes_AreCountedByArticleAndLanguage_OnceForEachConversation() => KnowledgeRecordsConformance.Votes_AreCountedByArticleAndLanguage_OnceForEachConversation(Open);

    [Fact]
    public Task Resolution_CountsAQuarter_AndNothingWhereSomebodyVoted() => KnowledgeRecordsConformance.Resolution_CountsAQuarter_AndNothingWhereSomebodyVoted(Open);

    [Fact]
    public Task Texts_AreKeptOnce_AndFoundOldestFirst() => KnowledgeRecordsConformance.Texts_AreKeptOnce_AndFoundOldestFirst(Open);

    private KnowledgeRecords Open(TimeProvider time) => KnowledgeRecords.Open(Path.Combine(_folder.Path, "records.db"), time);
}
