using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace CustomerService.Knowledge;

/// <summary>
/// The articles in an in-memory SQLite FTS5 index. BM25 is a sum over a query's words, so the index is asked word by word
/// and the caller can keep each word's answer. Every concurrent reader has its own copy of the small database:
/// SQLite's shared cache would make them wait for one another.
/// </summary>
internal sealed class FullTextDatabase : IDisposable
{
    // FTS5's own constant: a word's score approaches idf × (k1 + 1) as its frequency grows.
    private const double SaturatedFrequency = 1.2 + 1;

    private readonly SqliteConnection _source;
    private readonly ConcurrentBag<Reader> _idle = [];
    private readonly int _articleCount;
    private readonly int _sectionCount;
    private volatile bool _disposed;

    internal FullTextDatabase(ImmutableArray<Article> articles)
    {
        _source = Open();
        _articleCount = articles.Length;
        _sectionCount = articles.Sum(article => article.Sections.Length);
        // Titles and tags are written to be found by; a word there says more than one in passing.
        Execute("""
            CREATE VIRTUAL TABLE articles USING fts5(title, tags, body, content='', tokenize='porter unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE sections USING fts5(body, content='', tokenize='porter unicode61 remove_diacritics 2');
            INSERT INTO articles(articles, rank) VALUES('rank', 'bm25(6.0, 4.0, 1.0)');
            """);
        Fill(articles);
    }

    /// <exception cref="ObjectDisposedException">The index was replaced meanwhile; ask its successor.</exception>
    internal WordMatches Find(string word)
    {
        var reader = Rent();
        try
        {
            var articles = reader.Articles(word, _articleCount);
            var sections = articles.Length == 0 ? [] : reader.Sections(word, _sectionCount);
            return new WordMatches(Math.Log(1 + (_articleCount - articles.Length + 0.5) / (articles.Length + 0.5)), articles, sections);
        }
        finally
        {
            _idle.Add(reader);
            if (_disposed)
                DisposeIdle();
        }
    }

    public void Dispose()
    {
        lock (_source)
        {
            _disposed = true;
            _source.Dispose();
        }
        DisposeIdle();
    }

    private Reader Rent()
    {
        if (_idle.TryTake(out var idle))
            return idle;
        lock (_source)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new Reader(_source);
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var command = _source.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Fill(ImmutableArray<Article> articles)
    {
        using var transaction = _source.BeginTransaction();
        using var article = _source.CreateCommand();
        article.CommandText = "INSERT INTO articles(rowid, title, tags, body) VALUES($row, $title, $tags, $body)";
        using var section = _source.CreateCommand();
        section.CommandText = "INSERT INTO sections(rowid, body) VALUES($row, $body)";
        var sectionRow = 0;
        for (var row = 0; row < articles.Length; row++)
        {
            article.Parameters.Clear();
            article.Parameters.AddWithValue("$row", row);
            article.Parameters.AddWithValue("$title", articles[row].Title);
            article.Parameters.AddWithValue("$tags", string.Join(' ', articles[row].Tags.Concat(articles[row].Intents)).Replace('_', ' '));
            article.Parameters.AddWithValue("$body", articles[row].PlainText);
            article.ExecuteNonQuery();
            foreach (var text in articles[row].Sections)
            {
                section.Parameters.Clear();
                section.Parameters.AddWithValue("$row", sectionRow++);
                section.Parameters.AddWithValue("$body", text);
                section.ExecuteNonQuery();
            }
        }
        transaction.Commit();
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection _connection = Open();
        private readonly SqliteCommand _articles;
        private readonly SqliteCommand _sections;

        internal Reader(SqliteConnection source)
        {
            source.BackupDatabase(_connection);
            _articles = Prepare("SELECT rowid, rank FROM articles WHERE articles MATCH $word");
            _sections = Prepare("SELECT rowid, rank FROM sections WHERE sections MATCH $word");
        }

        internal WordMatch[] Articles(string word, int rows) => Run(_articles, word, rows);

        internal WordMatch[] Sections(string word, int rows) => Run(_sections, word, rows);

        public void Dispose()
        {
            _articles.Dispose();
            _sections.Dispose();
            _connection.Dispose();
        }

        private SqliteCommand Prepare(string sql)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add("$word", SqliteType.Text);
            command.Prepare();
            return command;
        }

        private static WordMatch[] Run(SqliteCommand command, string word, int rows)
        {
            // A word holds letters and digits only; in quotes it is a string to FTS5, never an operator such as NOT or NEAR.
            command.Parameters[0].Value = $"\"{word}\"";
            var found = new List<(int Row, double Score)>();
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                    found.Add((reader.GetInt32(0), -reader.GetDouble(1)));
            }
            // FTS5 floors the inverse document frequency of words in over half of the rows; dividing by it leaves the pure saturation.
            var frequency = Math.Max(1e-6, Math.Log((rows - found.Count + 0.5) / (found.Count + 0.5)));
            return [.. found.Select(row => new WordMatch(row.Row, Math.Min(1, row.Score / (frequency * SaturatedFrequency))))];
        }
    }
}
