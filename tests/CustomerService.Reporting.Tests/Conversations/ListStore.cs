using System.Data.Common;
using System.Globalization;
using CustomerService.Reporting.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>Where one test keeps its list.</summary>
/// <param name="Open">The list, as another process opens it.</param>
/// <param name="Database">The same tables, for a look at what is in them.</param>
internal sealed record ListStore(Func<ConversationTables> Open, DbDataSource Database)
{
    public ConversationListKeeper KeeperOf(BusyCentre centre, ConversationTables? tables = null) =>
        new(centre.Journal, centre, tables ?? Open(), NullLogger<ConversationListKeeper>.Instance);

    /// <summary>The list, brought up with all that has happened.</summary>
    public async Task<ConversationTables> FollowAsync(BusyCentre centre)
    {
        var tables = Open();
        await CatchUpAsync(KeeperOf(centre, tables));
        return tables;
    }

    public static async Task CatchUpAsync(ConversationListKeeper keeper)
    {
        while (await keeper.AdvanceAsync(default))
        {
            // One stretch after another, to the end.
        }
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var command = connection.Command($"SELECT count(*) FROM {table}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
