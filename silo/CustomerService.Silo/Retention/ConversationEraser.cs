using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Retention;

namespace CustomerService.Silo.Retention;

/// <summary>Has conversations and customers erased, each by its own grain.</summary>
internal sealed partial class ConversationEraser(IGrainClient grains, IJournal journal, ILogger<ConversationEraser> logger)
{
    /// <summary>Something is wrong with it; the log says what.</summary>
    public const string Failed = "failed";

    private const int PageLength = 500;

    /// <param name="due">Of one channel.</param>
    /// <returns>What became of them is added to the counts; the ids are those that are erased.</returns>
    public async ValueTask<(ErasingCounts Counts, ImmutableArray<string> Erased)> EraseAsync(
        IReadOnlyCollection<DueConversation> due, DateTimeOffset notAfter, RetentionRules rules, ErasingCounts counts, CancellationToken cancellation)
    {
        counts = due.Where(each => each.Left is not null).Aggregate(counts, (sum, each) => sum.WithLeft(each.Left!));
        ImmutableArray<ConversationRow> rows = [.. due.Where(each => each.Left is null).Select(each => each.Row)];
        if (rows.IsEmpty)
            return (counts, []);

        // First what is written of them elsewhere: should the process end between, the conversations are still found, and it is done again.
        await ForgetAsync([.. rows.Select(row => row.Id)], cancellation);
        var erased = ImmutableArray.CreateBuilder<string>();
        foreach (var row in rows)
        {
            if (await EraseOneAsync(row, notAfter, rules, cancellation) is { } left)
            {
                counts = counts.WithLeft(left);
                continue;
            }

            counts = counts.WithErased(row.Channel);
            erased.Add(row.Id);
        }

        return (counts, erased.ToImmutable());
    }

    /// <returns>Whether they are erased now.</returns>
    public async ValueTask<bool> EraseCustomerAsync(string customerId, DateTimeOffset notAfter, CancellationToken cancellation)
    {
        try
        {
            return await grains.AskAsync(Grain.Customer(customerId), new EraseCustomer(notAfter), cancellation) is not Refused;
        }
        catch (CommandParkedException)
        {
            return false; // An operator sees to it.
        }
    }

    /// <returns>The code of the reason why it is left; null: it is erased.</returns>
    private async ValueTask<string?> EraseOneAsync(ConversationRow row, DateTimeOffset notAfter, RetentionRules rules, CancellationToken cancellation)
    {
        try
        {
            var (files, mails) = await RemainsAsync(row.Id, cancellation);
            var erase = new EraseConversation(notAfter, $"retention: {row.Channel} {rules.Of(row.Channel)}", files, mails);
            if (await grains.AskAsync(Grain.Conversation(row.Id), erase, cancellation) is Refused refused)
                return refused.Code;

            // The conversation tells it too, perhaps a moment later than this run asks whether anything of the customer is left.
            if (row.CustomerId.Length > 0)
                await grains.AskAsync(Grain.Customer(row.CustomerId), new ForgetConversation(row.Id), cancellation);
            return null;
        }
        catch (CommandParkedException)
        {
            return DueConversations.Parked;
        }
#pragma warning disable CA1031 // One that can't be read must not keep all the others for ever.
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreUnavailableException or HostBusyException))
#pragma warning restore CA1031
        {
            LogFailed(row.Id, fault);
            return Failed;
        }
    }

    /// <summary>Drafts and notices of them, of everybody who works here or did.</summary>
    private async ValueTask ForgetAsync(ImmutableArray<string> ids, CancellationToken cancellation)
    {
        if (await grains.AskAsync(Grain.Staff, new GetPeople(), cancellation) is not PeopleView staff)
            return;
        foreach (var person in staff.People)
            await grains.AskAsync(Grain.Personal(person.Id), new ForgetConversations(ids), cancellation);
    }

    /// <summary>The files and mails that its journal names.</summary>
    private async ValueTask<(ImmutableArray<string> Files, ImmutableArray<string> Mails)> RemainsAsync(string id, CancellationToken cancellation)
    {
        var (files, mails) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        IReadOnlyList<JournalEntry> page;
        for (var after = 0L; (page = await journal.ReadAsync(Grain.Conversation(id), after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            foreach (var entry in page)
            {
                files.UnionWith(ConversationRemains.FilesIn(entry.Event));
                if (ConversationRemains.MailIn(entry.Event) is { } mail)
                    mails.Add(mail);
            }
        }

        return ([.. files], [.. mails]);
    }

    [LoggerMessage(LogLevel.Error, "Conversation {Id} is old and can't be erased")]
    private partial void LogFailed(string id, Exception fault);
}
