using System.Collections.Frozen;
using Npgsql;
using NpgsqlTypes;

namespace CustomerService.Knowledge;

/// <summary>
/// The terms in PostgreSQL's full text search: a <c>tsvector</c> for each article, found by a GIN index. The terms are ours (stems and grams of
/// each language, bigrams of Japanese), so that a question finds the same wherever the articles are; PostgreSQL's own stemmers know no
/// Japanese and would give each database its own ranking. One statement a search.
/// </summary>
internal sealed class PostgreSqlTermIndex : ITermIndex
{
    // Of an article that has a filler word alone nobody wants to hear; the best ones by PostgreSQL's own rank are weighed exactly.
    private const int MostCandidates = 400;

    private readonly NpgsqlDataSource _database;
    private readonly FrozenDictionary<string, Statistics> _languages;

    private PostgreSqlTermIndex(NpgsqlDataSource database, IEnumerable<LanguageArticles> languages)
    {
        _database = database;
        _languages = languages.ToFrozenDictionary(language => language.Language, language => new Statistics(
            language.Weighting,
            [.. language.Terms.Select(article => article.Length)],
            language.Terms.SelectMany(article => article.Counts.Keys).CountBy(term => term).ToFrozenDictionary(StringComparer.Ordinal),
            language.Articles.Select((article, row) => (Key: KeyOf(article), row)).ToFrozenDictionary(pair => pair.Key, pair => pair.row, StringComparer.Ordinal)), StringComparer.Ordinal);
    }

    /// <summary>Writes what the database does not have yet. Processes with the same articles share their rows.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached, or takes no tables from this user.</exception>
    internal static PostgreSqlTermIndex Build(NpgsqlDataSource database, IReadOnlyCollection<LanguageArticles> languages)
    {
        using var connection = database.OpenConnection();
        using (var tables = new NpgsqlCommand(
            """
            SELECT pg_advisory_lock(1128494667);
            CREATE TABLE IF NOT EXISTS knowledge_terms (
                article text COLLATE "C" NOT NULL PRIMARY KEY, language text COLLATE "C" NOT NULL, terms tsvector NOT NULL, used timestamptz NOT NULL DEFAULT now());
            CREATE INDEX IF NOT EXISTS knowledge_terms_found ON knowledge_terms USING gin (terms);
            SELECT pg_advisory_unlock(1128494667);
            """, connection))
            tables.ExecuteNonQuery();
        foreach (var language in languages)
        {
            for (var row = 0; row < language.Articles.Length; row++)
            {
                using var insert = new NpgsqlCommand(
                    "INSERT INTO knowledge_terms (article, language, terms) VALUES ($1, $2, $3::tsvector) ON CONFLICT (article) DO UPDATE SET used = now()", connection);
                insert.Parameters.AddWithValue(KeyOf(language.Articles[row]));
                insert.Parameters.AddWithValue(language.Language);
                insert.Parameters.Add(new NpgsqlParameter { Value = Vector(language.Terms[row]), NpgsqlDbType = NpgsqlDbType.Text });
                insert.ExecuteNonQuery();
            }
        }
        // What no process has loaded for a month is of articles that are gone.
        using var forget = new NpgsqlCommand("DELETE FROM knowledge_terms WHERE used < now() - interval '30 days'", connection);
        forget.ExecuteNonQuery();
        return new PostgreSqlTermIndex(database, languages);
    }

    public async ValueTask<IReadOnlyList<TermMatches>> FindAsync(string language, IReadOnlyList<string> terms, CancellationToken cancellation)
    {
        var statistics = _languages[language];
        var known = terms.Where(statistics.Found.ContainsKey).ToArray();
        var found = terms.ToDictionary(term => term, _ => new List<TermMatch>(), StringComparer.Ordinal);
        if (known.Length > 0)
        {
            await using var command = _database.CreateCommand(
                """
                WITH candidates AS (
                    SELECT article, terms FROM knowledge_terms WHERE language = $1 AND terms @@ $2::tsquery AND article = ANY($4)
                    ORDER BY ts_rank('{0.1, 0.2, 0.6, 1.0}', terms, $2::tsquery) DESC, article LIMIT $5)
                SELECT article, lexeme, weights FROM candidates, unnest(terms) WHERE lexeme = ANY($3)
                """);
            command.Parameters.AddWithValue(language);
            command.Parameters.Add(new NpgsqlParameter { Value = string.Join(" | ", known.Select(Quoted)), NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.AddWithValue(known);
            command.Parameters.AddWithValue(statistics.Rows.Keys.ToArray());
            command.Parameters.AddWithValue(MostCandidates);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var row = statistics.Rows[reader.GetString(0)];
                found[reader.GetString(1)].Add(new TermMatch(row, statistics.Weighting.Saturation(Counts(reader.GetFieldValue<string[]>(2)), statistics.Lengths[row])));
            }
        }
        return [.. terms.Select(term => new TermMatches(statistics.Weighting.OfTerm(statistics.Found.GetValueOrDefault(term)), [.. found[term].OrderBy(match => match.Row)]))];
    }

    // The text and its words to be found by: whatever changes in them is another row.
    private static string KeyOf(Article article) => $"{article.Language}/{article.Id}/{article.Hash}/{string.Join(',', article.Tags)}/{string.Join(',', article.Intents)}";

    // A: title, B: tags, C: headings, D: body. Positions only count here: each occurrence has one of its own.
    private static string Vector(ArticleTerms article)
    {
        var position = 0;
        return string.Join(' ', article.Counts.Select(term => Quoted(term.Key) + ":" + string.Join(',',
            Positions(term.Value.Title, 'A').Concat(Positions(term.Value.Tags, 'B')).Concat(Positions(term.Value.Headings, 'C')).Concat(Positions(term.Value.Body, 'D')).Take(250))));

        IEnumerable<string> Positions(int count, char part) => Enumerable.Range(0, count).Select(_ => $"{++position % 16_000 + 1}{part}");
    }

    private static TermCounts Counts(string[] weights) =>
        new(weights.Count(part => part == "A"), weights.Count(part => part == "B"), weights.Count(part => part == "C"), weights.Count(part => part == "D"));

    // Terms hold letters, digits and the grams' marks only; quoting is for the reader's peace of mind.
    private static string Quoted(string term) => "'" + term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    private sealed record Statistics(TermWeighting Weighting, int[] Lengths, FrozenDictionary<string, int> Found, FrozenDictionary<string, int> Rows);
}
