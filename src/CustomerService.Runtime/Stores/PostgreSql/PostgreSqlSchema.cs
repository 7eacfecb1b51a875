using System.Globalization;
using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>The tables, as steps from each version to the next. Keys sort by their bytes ("C"), so that pages follow one order everywhere.</summary>
internal static class PostgreSqlSchema
{
    /// <summary>"CSvc": names this program's advisory locks.</summary>
    public const int LockKey = 0x43537663;

    /// <summary>The step at index n leads to version n + 1. A step that was released never changes: add one.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE grains (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
            version bigint NOT NULL, state_version integer NOT NULL, journal_sequence bigint NOT NULL, state text NOT NULL,
            PRIMARY KEY (kind, key)) WITH (fillfactor = 70);
        CREATE TABLE effects (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, version bigint NOT NULL, number integer NOT NULL, body text NOT NULL,
            PRIMARY KEY (kind, key, version, number));
        CREATE TABLE alarms (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
            due bigint NOT NULL, version bigint NOT NULL, body text NOT NULL,
            PRIMARY KEY (kind, key, name));
        CREATE INDEX alarms_due ON alarms (due, kind, key, name);
        CREATE TABLE journal (
            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, sequence bigint NOT NULL, at bigint NOT NULL, body text NOT NULL,
            UNIQUE (kind, key, sequence));
        CREATE TABLE entries (
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, entry text COLLATE "C" NOT NULL, payload text NOT NULL,
            PRIMARY KEY (kind, key, entry));
        CREATE TABLE parked (
            id text COLLATE "C" NOT NULL PRIMARY KEY,
            kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, at bigint NOT NULL, reason text NOT NULL, body text NOT NULL);
        CREATE TABLE meta (schema_version integer NOT NULL);
        INSERT INTO meta VALUES (1);
        """,
        // Who carries out what, in a cluster. What was there before has no owner, so the first silo takes it over.
        """
        ALTER TABLE effects ADD owner text COLLATE "C" NOT NULL DEFAULT '';
        ALTER TABLE alarms ADD owner text COLLATE "C" NOT NULL DEFAULT '';
        DROP INDEX alarms_due;
        CREATE INDEX alarms_due ON alarms (owner, due, kind, key, name);
        -- Positions follow the transactions' own numbers, so that no writer waits for another to take one: see PostgreSqlJournal.
        ALTER TABLE journal ALTER position DROP IDENTITY;
        ALTER TABLE meta ADD position_base bigint NOT NULL DEFAULT 0;
        """,
        // What the processes of a cluster share besides grains: secrets, how far outside systems were told, and the orders.
        """
        CREATE TABLE keys (name text COLLATE "C" NOT NULL PRIMARY KEY, value text NOT NULL);
        CREATE TABLE positions (destination text COLLATE "C" NOT NULL PRIMARY KEY, position bigint NOT NULL);
        CREATE TABLE refused (
            destination text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
            at timestamptz NOT NULL, position bigint NOT NULL, event text NOT NULL, reason text NOT NULL, body text NOT NULL,
            PRIMARY KEY (destination, key));
        CREATE TABLE customers (id text COLLATE "C" NOT NULL PRIMARY KEY, email text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, record text NOT NULL);
        CREATE INDEX customers_by_email ON customers (email);
        CREATE INDEX customers_by_name ON customers (name);
        CREATE TABLE orders (id text COLLATE "C" NOT NULL PRIMARY KEY, customer text COLLATE "C" NOT NULL, record text NOT NULL);
        CREATE INDEX orders_by_customer ON orders (customer);
        CREATE TABLE products (id text COLLATE "C" NOT NULL PRIMARY KEY, name text COLLATE "C" NOT NULL, record text NOT NULL);
        """,
        // What changes of orders did, by the key of the wish, and which product a variant is of.
        """
        CREATE TABLE items (id text COLLATE "C" NOT NULL PRIMARY KEY, product text COLLATE "C" NOT NULL);
        CREATE INDEX items_by_product ON items (product);
        INSERT INTO items SELECT DISTINCT ON (variant->>'itemId') variant->>'itemId', products.id
            FROM products, json_array_elements(products.record::json->'variants') AS variant ORDER BY variant->>'itemId', products.id;
        CREATE TABLE order_actions (
            key text COLLATE "C" NOT NULL PRIMARY KEY, customer text COLLATE "C" NOT NULL, at timestamptz NOT NULL DEFAULT now(),
            action text NOT NULL, outcome text NOT NULL);
        """,
        // What is known of knowledge articles besides their files: whom they helped, and every text that was in use.
        """
        CREATE TABLE article_votes (
            article text COLLATE "C" NOT NULL, language text COLLATE "C" NOT NULL, conversation text COLLATE "C" NOT NULL,
            helped integer NOT NULL, weight double precision NOT NULL, at bigint NOT NULL,
            PRIMARY KEY (article, language, conversation));
        CREATE TABLE article_texts (
            article text COLLATE "C" NOT NULL, language text COLLATE "C" NOT NULL, version integer NOT NULL, hash text COLLATE "C" NOT NULL,
            first_seen bigint NOT NULL, title text NOT NULL, body text NOT NULL,
            PRIMARY KEY (article, language, version, hash));
        """,
        // What the channels keep: the files of messages, how far each mailbox was read, and mails that could not be.
        """
        CREATE TABLE attachments (hash text COLLATE "C" NOT NULL PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), bytes bytea NOT NULL);
        ALTER TABLE attachments ALTER bytes SET STORAGE EXTERNAL;
        CREATE TABLE mailboxes (
            account text COLLATE "C" NOT NULL PRIMARY KEY, uid_validity bigint NOT NULL, last_uid bigint NOT NULL, reached timestamptz NOT NULL, since timestamptz);
        CREATE TABLE parked_mails (
            account text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, at timestamptz NOT NULL DEFAULT now(), reason text NOT NULL, bytes bytea NOT NULL,
            PRIMARY KEY (account, id));
        """,
        // The list of conversations, which follows from the journal and is made again from it when its format changes.
        """
        CREATE TABLE conversation_list (
            id text COLLATE "C" NOT NULL PRIMARY KEY, status integer NOT NULL, queue text COLLATE "C", agent text COLLATE "C", last_agent text COLLATE "C",
            customer text COLLATE "C" NOT NULL, channel text COLLATE "C" NOT NULL, language text COLLATE "C", tier text COLLATE "C", intent text COLLATE "C",
            last_at bigint NOT NULL, waiting_since bigint, unanswered_since bigint, next_due bigint, snoozed_until bigint,
            heading text NOT NULL, version bigint NOT NULL, position bigint NOT NULL, body text NOT NULL) WITH (fillfactor = 70);
        CREATE INDEX conversation_list_by_message ON conversation_list (last_at, id);
        CREATE INDEX conversation_list_by_status ON conversation_list (status, last_at, id);
        CREATE INDEX conversation_list_by_queue ON conversation_list (queue, last_at, id) WHERE queue IS NOT NULL;
        CREATE INDEX conversation_list_by_agent ON conversation_list (agent, last_at, id) WHERE agent IS NOT NULL;
        CREATE INDEX conversation_list_by_last_agent ON conversation_list (last_agent, last_at, id) WHERE last_agent IS NOT NULL;
        CREATE INDEX conversation_list_by_customer ON conversation_list (customer, last_at, id);
        CREATE INDEX conversation_list_by_channel ON conversation_list (channel, last_at, id);
        CREATE INDEX conversation_list_by_language ON conversation_list (language, last_at, id) WHERE language IS NOT NULL;
        CREATE INDEX conversation_list_by_tier ON conversation_list (tier, last_at, id) WHERE tier IS NOT NULL;
        CREATE INDEX conversation_list_by_intent ON conversation_list (intent, last_at, id) WHERE intent IS NOT NULL;
        CREATE INDEX conversation_list_by_wait ON conversation_list (waiting_since, id) WHERE waiting_since IS NOT NULL;
        CREATE INDEX conversation_list_by_answer ON conversation_list (unanswered_since, id) WHERE unanswered_since IS NOT NULL;
        CREATE INDEX conversation_list_by_due ON conversation_list (next_due, id) WHERE next_due IS NOT NULL;
        CREATE INDEX conversation_list_by_snooze ON conversation_list (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
        CREATE INDEX conversation_list_by_position ON conversation_list (position);
        CREATE TABLE conversation_offers (agent text COLLATE "C" NOT NULL, conversation text COLLATE "C" NOT NULL, PRIMARY KEY (agent, conversation));
        CREATE INDEX conversation_offers_of ON conversation_offers (conversation);
        CREATE TABLE conversation_customers (id text COLLATE "C" NOT NULL PRIMARY KEY, name text NOT NULL);
        CREATE TABLE conversation_lines (
            conversation text COLLATE "C" NOT NULL, sequence bigint NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (conversation, sequence));
        CREATE INDEX conversation_lines_by_term ON conversation_lines USING gin (terms);
        CREATE TABLE conversation_list_state (one integer NOT NULL PRIMARY KEY CHECK (one = 1), format integer NOT NULL, position bigint NOT NULL, remade integer NOT NULL);
        INSERT INTO conversation_list_state VALUES (1, 0, 0, 0);
        """,
        // Until when an uploaded file waits for a message to take it; null: one has.
        """
        ALTER TABLE attachments ADD unsent_until timestamptz;
        CREATE INDEX attachments_unsent ON attachments (unsent_until) WHERE unsent_until IS NOT NULL;
        """,
        // Of each mailbox, whose senders are still to be told that their mails are too large, and whose is being told.
        "ALTER TABLE mailboxes ADD untold bigint[] NOT NULL DEFAULT '{}', ADD telling bigint;",
        // The cases that figures count, which follow from the journal and are made again from it when their format changes.
        """
        CREATE TABLE figures_cases (
            conversation text COLLATE "C" NOT NULL, number integer NOT NULL, opened_at bigint NOT NULL, settled_at bigint, body text NOT NULL,
            PRIMARY KEY (conversation, number));
        CREATE INDEX figures_cases_opened ON figures_cases (opened_at);
        CREATE INDEX figures_cases_settled ON figures_cases (settled_at) WHERE settled_at IS NOT NULL;
        CREATE TABLE figures_state (one integer NOT NULL PRIMARY KEY CHECK (one = 1), format integer NOT NULL, position bigint NOT NULL);
        INSERT INTO figures_state VALUES (1, 0, 0);
        """,
        // Reviews of people's work, which follow from the journal as the cases do.
        """
        CREATE TABLE figures_reviews (
            conversation text COLLATE "C" NOT NULL, reviewer text COLLATE "C" NOT NULL, agent text COLLATE "C" NOT NULL, told integer NOT NULL, at bigint NOT NULL, body text NOT NULL,
            PRIMARY KEY (conversation, reviewer));
        CREATE INDEX figures_reviews_at ON figures_reviews (at);
        CREATE INDEX figures_reviews_agent ON figures_reviews (agent, at);
        """,
        // What the list has to know before something is erased: who else has an address or a file, and whose customers it was.
        """
        ALTER TABLE conversation_list ADD address text COLLATE "C" NOT NULL DEFAULT '';
        CREATE INDEX conversation_list_by_address ON conversation_list (address, channel);
        ALTER TABLE conversation_customers ALTER name DROP NOT NULL;
        CREATE TABLE conversation_files (
            conversation text COLLATE "C" NOT NULL, reference text COLLATE "C" NOT NULL, PRIMARY KEY (conversation, reference));
        CREATE INDEX conversation_files_by_reference ON conversation_files (reference);
        """,
        // The cases of erased conversations, of which nobody can tell any more which they were. The journal does not tell them again.
        """
        CREATE TABLE figures_erased (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, opened_at bigint NOT NULL, body text NOT NULL);
        CREATE INDEX figures_erased_opened ON figures_erased (opened_at);
        """,
    ];

    /// <summary>The version that this program works with.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings the tables to this program's version, in one transaction. Of several programs that do so at once, one does; the others wait and find it done.</summary>
    /// <returns>The version that was found; 0 for an empty database.</returns>
    public static async Task<int> MigrateAsync(NpgsqlDataSource source, string where, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
        var found = await FindVersionAsync(connection, where, cancellation);
        RefuseNewer(found, where);
        foreach (var step in Steps[found..])
            await ExecuteAsync(connection, step, cancellation);
        await ExecuteAsync(connection, $"UPDATE meta SET schema_version = {Version}", cancellation);
        await transaction.CommitAsync(cancellation);
        return found;
    }

    /// <exception cref="StoreOpenException">The tables are not of this program's version.</exception>
    public static async Task CheckAsync(NpgsqlDataSource source, string where, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var found = await FindVersionAsync(connection, where, cancellation);
        RefuseNewer(found, where);
        if (found == 0)
            throw new StoreOpenException($"{where} has no tables yet: run 'database migrate' on it first.");
        if (found < Version)
            throw new StoreOpenException($"{where} has the tables of an older program (schema {found}; this one needs {Version}): run 'database migrate' on it.");
        await ExecuteAsync(connection, PostgreSqlJournal.RaiseBase, cancellation);
    }

    private static async Task<int> FindVersionAsync(NpgsqlConnection connection, string where, CancellationToken cancellation)
    {
        if (await ExecuteAsync(connection, "SELECT to_regclass('meta')::text", cancellation) is string)
            return Convert.ToInt32(await ExecuteAsync(connection, "SELECT max(schema_version) FROM meta", cancellation), CultureInfo.InvariantCulture);
        return await ExecuteAsync(connection, "SELECT to_regclass('grains')::text", cancellation) is string
            ? throw new StoreOpenException($"{where} has a table grains that is not this program's: give the program a database of its own.")
            : 0;
    }

    private static void RefuseNewer(int found, string where)
    {
        if (found > Version)
            throw new StoreOpenException($"{where} was written by a newer program (schema {found}; this one knows up to {Version}): run the newer program, or restore a backup made before the update.");
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
