using CustomerService.Knowledge;
using Microsoft.Data.Sqlite;

namespace CustomerService.Bench.Knowledge;

/// <summary>SQLite's own full text search as a manual shows it: one prepared statement, porter stems, BM25 with weights, the first five titles. No passage, no confidence.</summary>
internal sealed class BareFullText : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");
    private readonly SqliteCommand _search;

    public BareFullText(IEnumerable<Article> articles)
    {
        _connection.Open();
        using (var create = _connection.CreateCommand())
        {
            create.CommandText = "CREATE VIRTUAL TABLE articles USING fts5(title, tags, body, tokenize='porter unicode61 remove_diacritics 2')";
            create.ExecuteNonQuery();
        }

        foreach (var article in articles)
        {
            using var insert = _connection.CreateCommand();
            insert.CommandText = "INSERT INTO articles VALUES ($title, $tags, $body)";
            insert.Parameters.AddWithValue("$title", article.Title);
            insert.Parameters.AddWithValue("$tags", string.Join(' ', article.Tags));
            insert.Parameters.AddWithValue("$body", article.PlainText);
            insert.ExecuteNonQuery();
        }

        _search = _connection.CreateCommand();
        _search.CommandText = "SELECT title FROM articles WHERE articles MATCH $query ORDER BY bm25(articles, 6.0, 4.0, 1.0) LIMIT 5";
        _search.Parameters.Add("$query", SqliteType.Text);
        _search.Prepare();
    }

    public List<string> Search(string text)
    {
        var words = new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _search.Parameters[0].Value = string.Join(" OR ", words.Select(word => $"\"{word}\""));
        using var reader = _search.ExecuteReader();
        var titles = new List<string>();
        while (reader.Read())
            titles.Add(reader.GetString(0));
        return titles;
    }

    public void Dispose()
    {
        _search.Dispose();
        _connection.Dispose();
    }
}
