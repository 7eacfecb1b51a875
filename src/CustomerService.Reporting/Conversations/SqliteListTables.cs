using System.Data.Common;

namespace CustomerService.Reporting.Conversations;

/// <summary>The list's own file beside a system in one process. All of it follows from the journal: it may be deleted while the system stands still.</summary>
internal static class SqliteListTables
{
    private const string Tables = """
        CREATE TABLE conversation_list (
            id text NOT NULL PRIMARY KEY, status integer NOT NULL, queue text, agent text, last_agent text, customer text NOT NULL,
            channel text NOT NULL, address text NOT NULL, language text, tier text, intent text,
            last_at bigint NOT NULL, waiting_since bigint, unanswered_since bigint, next_due bigint, snoozed_until bigint,
            heading text NOT NULL, version bigint NOT NULL, position bigint NOT NULL, body text NOT NULL);
        CREATE INDEX conversation_list_by_message ON conversation_list (last_at, id);
        CREATE INDEX conversation_list_by_status ON conversation_list (status, last_at, id);
        CREATE INDEX conversation_list_by_queue ON conversation_list (queue, last_at, id) WHERE queue IS NOT NULL;
        CREATE INDEX conversation_list_by_agent ON conversation_list (agent, last_at, id) WHERE agent IS NOT NULL;
        CREATE INDEX conversation_list_by_last_agent ON conversation_list (last_agent, last_at, id) WHERE last_agent IS NOT NULL;
        CREATE INDEX conversation_list_by_customer ON conversation_list (customer, last_at, id);
        CREATE INDEX conversation_list_by_channel ON conversation_list (channel, last_at, id);
        CREATE INDEX conversation_list_by_address ON conversation_list (address, channel);
        CREATE INDEX conversation_list_by_language ON conversation_list (language, last_at, id) WHERE language IS NOT NULL;
        CREATE INDEX conversation_list_by_tier ON conversation_list (tier, last_at, id) WHERE tier IS NOT NULL;
        CREATE INDEX conversation_list_by_intent ON conversation_list (intent, last_at, id) WHERE intent IS NOT NULL;
        CREATE INDEX conversation_list_by_wait ON conversation_list (waiting_since, id) WHERE waiting_since IS NOT NULL;
        CREATE INDEX conversation_list_by_answer ON conversation_list (unanswered_since, id) WHERE unanswered_since IS NOT NULL;
        CREATE INDEX conversation_list_by_due ON conversation_list (next_due, id) WHERE next_due IS NOT NULL;
        CREATE INDEX conversation_list_by_snooze ON conversation_list (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
        CREATE INDEX conversation_list_by_position ON conversation_list (position);
        CREATE TABLE conversation_offers (agent text NOT NULL, conversation text NOT NULL, PRIMARY KEY (agent, conversation)) WITHOUT ROWID;
        CREATE INDEX conversation_offers_of ON conversation_offers (conversation);
        CREATE TABLE conversation_customers (id text NOT NULL PRIMARY KEY, name text) WITHOUT ROWID;
        CREATE TABLE conversation_files (conversation text NOT NULL, reference text NOT NULL, PRIMARY KEY (conversation, reference)) WITHOUT ROWID;
        CREATE INDEX conversation_files_by_reference ON conversation_files (reference);
        CREATE TABLE conversation_lines (number integer PRIMARY KEY, conversation text NOT NULL, sequence bigint NOT NULL, UNIQUE (conversation, sequence));
        CREATE TABLE conversation_list_state (one integer NOT NULL PRIMARY KEY CHECK (one = 1), format integer NOT NULL, position bigint NOT NULL, remade integer NOT NULL);
        INSERT INTO conversation_list_state VALUES (1, 0, 0, 0);

        """ + Terms;

    /// <summary>The index of words. It has them as well, so that it can take out each word that is erased; without them it would only mark its place.</summary>
    public const string Terms = """
        CREATE VIRTUAL TABLE conversation_terms USING fts5 (terms, tokenize="unicode61 remove_diacritics 0");
        INSERT INTO conversation_terms (conversation_terms, rank) VALUES ('secure-delete', 1);
        """;

    /// <summary>Changes with each change of <see cref="Tables"/>: tables of another shape are made anew.</summary>
    private const long Shape = 2;

    private static readonly string[] Names =
        ["conversation_list", "conversation_offers", "conversation_customers", "conversation_files", "conversation_lines", "conversation_terms", "conversation_list_state"];

    /// <exception cref="InvalidDataException">The file can't be used; the message says what to do.</exception>
    public static DbDataSource Open(string path) => SqliteFile.Open(path, "the list of conversations", Shape, Names, Tables);
}
