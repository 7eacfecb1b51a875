using System.CommandLine;
using System.Text;
using CustomerService.Channels.Email.Receiving;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>mails list|show|retry|drop</c>: mails that could not be taken in.</summary>
internal static class MailsCommand
{
    private const int MostListed = 1000;

    public static Command Create()
    {
        var command = new Command("mails", "Mails that could not be taken in, kept with their reason.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateRetry());
        command.Subcommands.Add(CreateDrop());
        return command;
    }

    private static Command CreateList()
    {
        var account = new Option<string?>("--account") { Description = "Only those of this mailbox, as channels.yaml names it.", HelpName = "NAME" };
        var system = new WhichSystem();
        var list = new Command("list", "List them, the oldest first.") { account }.With(system.Options);
        list.SetAction(async (parsed, cancellation) =>
        {
            var mails = await WithAsync(system, parsed, parked => parked.ListAsync(parsed.GetValue(account), MostListed, cancellation), cancellation);
            foreach (var mail in mails)
                Console.WriteLine($"{mail.Account}/{mail.Id}  {mail.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {mail.Bytes} bytes\n    {Printable(mail.Reason.Split('\n')[0])}");
            Console.WriteLine(mails.Count == 0 ? "No mail is parked." : $"{mails.Count} parked.");
            return 0;
        });
        return list;
    }

    private static Command CreateShow()
    {
        var mail = Mail();
        var system = new WhichSystem();
        var show = new Command("show", "Print one as it came; its whole reason goes to standard error. Into a file: mails show MAIL > mail.eml") { mail }.With(system.Options);
        show.SetAction(async (parsed, cancellation) =>
        {
            var (account, id) = Named(parsed.GetRequiredValue(mail));
            if (await WithAsync(system, parsed, parked => parked.FindAsync(account, id, cancellation), cancellation) is not var (found, raw))
                throw None(account, id);
            await Console.Error.WriteLineAsync($"{account}/{id}, came {found.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}: {Printable(found.Reason)}\n");
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(Console.IsOutputRedirected ? raw : Encoding.UTF8.GetBytes(Printable(Encoding.UTF8.GetString(raw))), cancellation);
            return 0;
        });
        return show;
    }

    private static Command CreateRetry()
    {
        var mail = Mail();
        var system = new WhichSystem();
        var console = new ConsoleFlags();
        var retry = new Command("retry", "Have the running system take one in again, read anew; it stays parked if that fails.") { mail }.With([.. system.Options, .. console.Options]);
        retry.SetAction(async (parsed, cancellation) =>
        {
            var (account, id) = Named(parsed.GetRequiredValue(mail));
            using var running = await console.OpenAsync(parsed, system, "mails retry", cancellation);
            try
            {
                await running.SendAsync(HttpMethod.Post, $"api/operations/parked-mails/{Uri.EscapeDataString(account)}/{Uri.EscapeDataString(id)}/retry", cancellation);
            }
            catch (HttpRequestException fault)
            {
                throw new CommandFailedException($"Nobody answers: mails are taken in by the system that runs; start it first ({fault.Message}).");
            }

            Console.WriteLine($"{account}/{id}: taken in.");
            return 0;
        });
        return retry;
    }

    private static Command CreateDrop()
    {
        var mail = Mail();
        var system = new WhichSystem();
        var drop = new Command("drop", "Give one up for good; the mailbox still has it.") { mail }.With(system.Options);
        drop.SetAction(async (parsed, cancellation) =>
        {
            var (account, id) = Named(parsed.GetRequiredValue(mail));
            if (!await WithAsync(system, parsed, parked => parked.DropAsync(account, id, cancellation), cancellation))
                throw None(account, id);
            Console.WriteLine($"{account}/{id}: dropped.");
            return 0;
        });
        return drop;
    }

    private static Argument<string> Mail() => new("MAIL") { Description = "As 'mails list' shows it: ACCOUNT/ID." };

    private static (string Account, string Id) Named(string mail) => mail.Split('/') is [var account, var id]
        ? (account, id)
        : throw new CommandFailedException($"'{mail}' names no mail: write it as 'mails list' shows it, ACCOUNT/ID.", SiloCommandLine.WrongUse);

    private static CommandFailedException None(string account, string id) => new($"No mail is parked as {account}/{id}.");

    private static async Task<T> WithAsync<T>(WhichSystem system, ParseResult parsed, Func<IParkedMails, Task<T>> look, CancellationToken cancellation)
    {
        var records = await system.ExistingRecordsAsync(parsed, cancellation);
        await using var open = records as IAsyncDisposable;
        return await look(records.ParkedMails());
    }

    /// <summary>Without what a terminal would obey: strangers wrote it.</summary>
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) && character is not ('\n' or '\t') ? ' ' : character));
}
