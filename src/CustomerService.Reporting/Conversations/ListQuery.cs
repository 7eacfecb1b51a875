using System.Globalization;
using CustomerService.Grains.Conversations;

namespace CustomerService.Reporting.Conversations;

/// <summary>
/// A filter and an order as SQL. One condition leads: it is the one by whose index the rows are found; the others are compared row by row. Which one leads
/// is decided here, from the most to the least telling, so that it is the same whatever the database has learned of itself.
/// </summary>
internal sealed class ListQuery
{
    private readonly ListDialect _dialect;
    private readonly ConversationOrder _order;
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];
    private readonly Lead _lead;
    private readonly bool _isOrdered;

    public ListQuery(ConversationFilter filter, ConversationOrder order, ListDialect dialect)
    {
        (_dialect, _order) = (dialect, order);
        _lead = LeadOf(filter, order);
        _isOrdered = IsOrdered(filter);
        if (order is not (ConversationOrder.NewestMessage or ConversationOrder.OldestMessage))
            _conditions.Add($"{KeyColumn} IS NOT NULL");
        AddText(filter.Text);
        AddAnyOf("customer", filter.Customers, Lead.Customers);
        if (filter.OfferedTo is { } agent)
            _conditions.Add($"id IN (SELECT conversation FROM conversation_offers WHERE agent = {Value(agent)})");
        AddEqual("agent", filter.AgentId, Lead.Agent);
        AddEqual("last_agent", filter.LastAgentId, Lead.LastAgent);
        AddAnyOf("queue", filter.Queues, Lead.Queues);
        AddEqual("channel", filter.Channel, Lead.Channel);
        AddEqual("language", filter.Language, Lead.Language);
        AddEqual("tier", filter.Tier, Lead.Tier);
        AddEqual("intent", filter.Intent, Lead.Intent);
        if (filter.Unanswered is { } unanswered)
            _conditions.Add($"{Column("unanswered_since", _lead == Lead.Unanswered || (_lead == Lead.Order && _order == ConversationOrder.LongestUnanswered))} IS {(unanswered ? "NOT " : "")}NULL");
        if (filter.DueBefore is { } due)
            _conditions.Add($"{Column("next_due", _lead == Lead.Due || (_lead == Lead.Order && _order == ConversationOrder.DueSoonest))} < {Value(due.UtcTicks)}");
        AddTimes(filter);
        Branches = AddStatuses(filter);
    }

    /// <summary>The statement's values so far.</summary>
    public (string Name, object? Value)[] Parameters => [.. _parameters];

    public string Where => WhereWith([]);

    /// <summary>What rows are sorted by, before their ids.</summary>
    public string KeyColumn => KeyColumnOf(_order);

    public bool IsDescending => _order == ConversationOrder.NewestMessage;

    /// <summary>The statuses that are looked up one by one, each in its own order; empty: none are.</summary>
    private ConversationStatus[] Branches { get; }

    public static string KeyColumnOf(ConversationOrder order) => order switch
    {
        ConversationOrder.NewestMessage or ConversationOrder.OldestMessage => "last_at",
        ConversationOrder.LongestWaiting => "waiting_since",
        ConversationOrder.LongestUnanswered => "unanswered_since",
        ConversationOrder.DueSoonest => "next_due",
        ConversationOrder.SnoozedUntil => "snoozed_until",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
    };

    /// <summary>The rows in their order, or the other way round.</summary>
    public string Rows(bool backwards, ListCursor? after, int limit, int offset = 0)
    {
        var direction = IsDescending != backwards ? "DESC" : "ASC";
        List<string> more = [];
        if (after is not null)
            more.Add($"({Column(KeyColumn, _isOrdered)}, id) {(direction == "DESC" ? "<" : ">")} ({Value(after.Key)}, {Value(after.Id)})");
        var sorted = $"ORDER BY {Column(KeyColumn, _isOrdered)} {direction}, id {direction}";
        var until = (offset + limit).ToString(CultureInfo.InvariantCulture);
        var found = Branches.Length == 0
            ? $"SELECT id, {KeyColumn} AS place FROM conversation_list WHERE {WhereWith(more)} {sorted} LIMIT {limit} OFFSET {offset}"
            : $"SELECT id, place FROM ({string.Join(" UNION ALL ", Branches.Select(status => $"SELECT * FROM (SELECT id, {KeyColumn} AS place FROM conversation_list WHERE {WhereWith([.. more, $"status = {(int)status}"])} {sorted} LIMIT {until}) AS of_{(int)status}"))}) AS branches ORDER BY place {direction}, id {direction} LIMIT {limit} OFFSET {offset}";

        // Places first, from the index alone; only rows that are shown are read.
        return $"SELECT list.body FROM ({found}) AS found JOIN conversation_list AS list ON list.id = found.id ORDER BY found.place {direction}, found.id {direction}";
    }

    private static Lead LeadOf(ConversationFilter filter, ConversationOrder order) => filter switch
    {
        { Text: { } text } when !string.IsNullOrWhiteSpace(text) => Lead.Text,
        { Customers.IsEmpty: false } => Lead.Customers,
        { OfferedTo: not null } => Lead.OfferedTo,
        { AgentId: not null } => Lead.Agent,
        { LastAgentId: not null } => Lead.LastAgent,
        _ when order is not (ConversationOrder.NewestMessage or ConversationOrder.OldestMessage) => Lead.Order,
        { DueBefore: not null } => Lead.Due,
        { Unanswered: true } => Lead.Unanswered,
        { Queues.IsEmpty: false } => Lead.Queues,
        { Statuses.IsEmpty: false } => Lead.Statuses,
        { Intent: not null } => Lead.Intent,
        { Tier: not null } => Lead.Tier,
        { Language: not null } => Lead.Language,
        { Channel: not null } => Lead.Channel,
        _ => Lead.Order,
    };

    /// <summary>Whether the index by which rows are found has them in their order.</summary>
    private bool IsOrdered(ConversationFilter filter) => _lead switch
    {
        Lead.Order => true,
        Lead.Text or Lead.OfferedTo or Lead.Unanswered or Lead.Due => false,
        Lead.Customers => KeyColumn == "last_at" && filter.Customers.Length == 1,
        Lead.Queues => KeyColumn == "last_at" && filter.Queues.Length == 1,
        _ => KeyColumn == "last_at",
    };

    private void AddText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        var beginnings = SearchTerms.OfSearch(text.Length > ConversationFilter.MaxText ? text[..ConversationFilter.MaxText] : text);
        _parameters.Add(("text", _dialect.SearchFor(beginnings)));
        _conditions.Add(beginnings.Count == 0 ? "1 = 0" : $"id IN ({_dialect.FoundByText})");
    }

    private void AddTimes(ConversationFilter filter)
    {
        var column = Column("last_at", KeyColumn == "last_at" && _isOrdered);
        if (filter.From is { } from)
            _conditions.Add($"{column} >= {Value(from.UtcTicks)}");
        if (filter.Until is { } until)
            _conditions.Add($"{column} < {Value(until.UtcTicks)}");
    }

    /// <summary>Where the statuses lead, there is an index with each one's rows in order, and none with those of several.</summary>
    private ConversationStatus[] AddStatuses(ConversationFilter filter)
    {
        var statuses = filter.Statuses.Distinct().ToArray();
        if (statuses.Length > 0 && _lead != Lead.Statuses)
            _conditions.Add($"{_dialect.Aside("status")} IN ({string.Join(", ", statuses.Select(status => (int)status))})");
        return _lead == Lead.Statuses ? statuses : [];
    }

    private void AddEqual(string column, string? value, Lead lead)
    {
        if (value is not null)
            _conditions.Add($"{Column(column, _lead == lead)} = {Value(value)}");
    }

    private void AddAnyOf(string column, IReadOnlyCollection<string> values, Lead lead)
    {
        if (values.Count > 0)
            _conditions.Add($"{Column(column, _lead == lead)} IN ({string.Join(", ", values.Select(value => Value(value)))})");
    }

    private string Column(string column, bool leads) => leads ? column : _dialect.Aside(column);

    private string WhereWith(List<string> more)
    {
        // Several statuses are branches of a page, and one condition where only counted.
        IEnumerable<string> statuses = more.Count == 0 && Branches.Length > 0 ? [$"status IN ({string.Join(", ", Branches.Select(status => (int)status))})"] : [];
        string[] all = [.. _conditions, .. more, .. statuses];
        return all.Length == 0 ? "1 = 1" : string.Join(" AND ", all);
    }

    private string Value(object value)
    {
        var name = $"p{_parameters.Count}";
        _parameters.Add((name, value));
        return "@" + name;
    }

    /// <summary>By what rows are found, the most telling first.</summary>
    private enum Lead
    {
        Text,
        Customers,
        OfferedTo,
        Agent,
        LastAgent,
        Due,
        Unanswered,
        Queues,
        Statuses,
        Intent,
        Tier,
        Language,
        Channel,
        Order,
    }
}
