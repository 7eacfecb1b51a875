using System.Data.Common;

namespace CustomerService.Reporting.Conversations;

/// <summary>Where the two databases differ: how texts are found, and who decides which index is used.</summary>
internal abstract class ListDialect
{
    public static ListDialect Sqlite { get; } = new SqliteDialect();

    public static ListDialect PostgreSql { get; } = new PostgreSqlDialect();

    /// <summary>What a connection is told before it keeps something.</summary>
    public abstract string BeforeKeeping { get; }

    /// <summary>What it is told after something was taken out, so that nothing of it is left beside the tables; empty: nothing.</summary>
    public abstract string AfterErasing { get; }

    /// <summary>The conversations that have a text with all of <c>@text</c>.</summary>
    public abstract string FoundByText { get; }

    /// <summary>A search as <c>@text</c> takes it, for words of letters and digits only.</summary>
    public abstract string SearchFor(IEnumerable<string> beginnings);

    /// <summary>Statements that keep a text's terms, in place of those that were kept under the same number: <c>@conversation</c>, <c>@sequence</c>, <c>@terms</c>.</summary>
    public abstract string PutLine { get; }

    /// <summary>The value of <c>@terms</c>.</summary>
    public abstract object TermsOf(IReadOnlyCollection<string> terms);

    /// <summary>Statements that remove all texts of <c>@conversation</c>.</summary>
    public abstract string DropLines { get; }

    /// <summary>Empties the tables of texts.</summary>
    public abstract string ClearLines { get; }

    /// <summary>A column that is compared, but not looked up by.</summary>
    public abstract string Aside(string column);

    private sealed class SqliteDialect : ListDialect
    {
        private const string Numbers = "SELECT number FROM conversation_lines WHERE conversation = @conversation";

        // All of it follows from the journal: what a power cut takes with it is kept again, and nothing waits for the disk. What is taken out is overwritten.
        public override string BeforeKeeping => "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON";

        public override string AfterErasing => SqliteFile.CutLog;

        public override string FoundByText =>
            "SELECT conversation FROM conversation_lines WHERE number IN (SELECT rowid FROM conversation_terms WHERE conversation_terms MATCH @text)";

        public override string SearchFor(IEnumerable<string> beginnings) => string.Join(" AND ", beginnings.Select(word => $"\"{word}\"*"));

        public override string PutLine => $"""
            DELETE FROM conversation_terms WHERE rowid IN ({Numbers} AND sequence = @sequence);
            DELETE FROM conversation_lines WHERE conversation = @conversation AND sequence = @sequence;
            INSERT INTO conversation_lines (conversation, sequence) VALUES (@conversation, @sequence);
            INSERT INTO conversation_terms (rowid, terms) VALUES (last_insert_rowid(), @terms);
            """;

        public override object TermsOf(IReadOnlyCollection<string> terms) => string.Join(' ', terms);

        public override string DropLines => $"""
            DELETE FROM conversation_terms WHERE rowid IN ({Numbers});
            DELETE FROM conversation_lines WHERE conversation = @conversation;
            """;

        public override string ClearLines => $"DROP TABLE conversation_terms; {SqliteListTables.Terms} DELETE FROM conversation_lines;";

        // It keeps no statistics of itself, and would take any column that has an index.
        public override string Aside(string column) => "+" + column;
    }

    private sealed class PostgreSqlDialect : ListDialect
    {
        public override string BeforeKeeping => "";

        // The server's own vacuum does it.
        public override string AfterErasing => "";

        public override string FoundByText => "SELECT conversation FROM conversation_lines WHERE terms @@ @text::tsquery";

        public override string SearchFor(IEnumerable<string> beginnings) => string.Join(" & ", beginnings.Select(word => $"'{word}':*"));

        // The terms as they are: the server's own parser would cut words of other languages in its own way.
        public override string PutLine => """
            INSERT INTO conversation_lines (conversation, sequence, terms) VALUES (@conversation, @sequence, array_to_tsvector(@terms))
            ON CONFLICT (conversation, sequence) DO UPDATE SET terms = excluded.terms
            """;

        public override object TermsOf(IReadOnlyCollection<string> terms) => terms.ToArray();

        public override string DropLines => "DELETE FROM conversation_lines WHERE conversation = @conversation";

        public override string ClearLines => "DELETE FROM conversation_lines";

        public override string Aside(string column) => column;
    }
}

internal static class SqlCommands
{
    /// <summary>A command with named parameters; null is the database's null.</summary>
#pragma warning disable CA2100 // All texts are put together from constants; whatever comes from outside is a parameter.
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100

    public static async ValueTask<int> ExecuteAsync(
        this DbConnection connection, string sql, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
