using System.CommandLine;
using System.Globalization;
using CustomerService.Reporting.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>conversations list</c>: filtered, searched and sorted. It brings the list up with the journal first, whether the system runs or not.</summary>
internal static class ConversationsListCommand
{
    private static readonly string[] Columns = ["ID", "STATE", "QUEUE", "AGENT", "CHANNEL", "CUSTOMER", "LAST MESSAGE", ""];

    public static Command Create()
    {
        var system = new WhichSystem();
        var state = Named("--state", "Only in these states", ListNames.Statuses.Keys.Order(StringComparer.Ordinal));
        var queue = new Option<string[]>("--queue") { Description = "Only of these queues.", HelpName = "NAME" };
        var agent = new Option<string?>("--agent") { Description = "Only what this agent holds.", HelpName = "ID" };
        var customer = new Option<string[]>("--customer") { Description = "Only of these customers.", HelpName = "ID" };
        var channel = new Option<string?>("--channel") { Description = "Only of this channel.", HelpName = "NAME" };
        var search = new Option<string?>("--search") { Description = "Only with these words, all of them in one message or note.", HelpName = "TEXT" };
        var order = Named("--order", "How they are sorted, the newest message first unless said otherwise; the last four leave out whom they are not about", ["newest", "oldest", "waiting", "unanswered", "due", "snoozed"]);
        var limit = CommonOptions.Number("--limit", 50, 1, IConversationList.MaxRows, "How many are shown at most.");
        var command = new Command("list", "List and search conversations.") { state, queue, agent, customer, channel, search, order, limit };
        command.With(system.Options).SetAction(async (parsed, cancellation) =>
        {
            var filter = new ConversationFilter
            {
                Statuses = [.. (parsed.GetValue(state) ?? []).Select(name => ListNames.Statuses[name])],
                Queues = [.. parsed.GetValue(queue) ?? []],
                AgentId = parsed.GetValue(agent),
                Customers = [.. parsed.GetValue(customer) ?? []],
                Channel = parsed.GetValue(channel),
                Text = parsed.GetValue(search),
            };
            var by = (parsed.GetValue(order) ?? []).Select(name => ListNames.Orders[name]).LastOrDefault();
            await using var store = await system.OpenAsync(parsed, cancellation);
            var records = await system.RecordsAsync(parsed, cancellation);
            await using var closing = records as IAsyncDisposable;
            var list = await OpenAsync(store, records, cancellation);
            Show(await list.FindAsync(filter, by, null, parsed.GetValue(limit), cancellation), await list.CountAsync(filter, by, cancellation));
            return 0;
        });
        return command;
    }

    /// <summary>The list as the journal says it by now.</summary>
    /// <exception cref="CommandFailedException">It can't be opened.</exception>
    public static async Task<ConversationTables> OpenAsync(StoredSystem store, Composition.ISystemRecords records, CancellationToken cancellation)
    {
        try
        {
            var list = records.OpenConversationList();
            var keeper = new ConversationListKeeper(store.Journal, store.Grains, list, NullLogger<ConversationListKeeper>.Instance);
            while (await keeper.AdvanceAsync(cancellation))
            {
                // Up to the journal's end; a running system does the same, and each stretch counts once.
            }

            return list;
        }
        catch (InvalidDataException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    private static void Show(ConversationPage page, int found)
    {
        string[][] lines = [Columns, .. page.Rows.Select(Cells)];
        foreach (var line in page.Rows.IsEmpty ? [] : lines)
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => column == Columns.Length - 1 ? cell : cell.PadRight(lines.Max(each => each[column].Length)))).TrimEnd());
        Console.WriteLine(found == page.Rows.Length ? $"{found} {(found == 1 ? "conversation" : "conversations")}." : $"{page.Rows.Length} of {found} conversations; --limit shows more.");
    }

    private static string[] Cells(ConversationRow row) =>
    [
        row.Id, ListNames.Of(row.Status), row.Queue ?? "-", row.AgentId ?? "-", row.Channel, row.CustomerName ?? row.CustomerId,
        row.LastMessageAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.LastText,
    ];

    private static Option<string[]> Named(string name, string description, IEnumerable<string> values)
    {
        string[] known = [.. values];
        var option = new Option<string[]>(name) { Description = $"{description} ({string.Join(", ", known)}).", HelpName = "NAME" };
        option.AcceptOnlyFromAmong(known);
        return option;
    }
}
