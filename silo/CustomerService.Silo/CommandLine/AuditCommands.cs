using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Journal;
using CustomerService.Staff;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>audit tail|verify|export</c>: who did what, and whether the log is as it was written.</summary>
internal static class AuditCommands
{
    public static Command Create()
    {
        var command = new Command("audit", "Who did what: the audit log.");
        command.Subcommands.Add(CreateTail());
        command.Subcommands.Add(CreateVerify());
        command.Subcommands.Add(CreateExport());
        return command;
    }

    private static Command CreateTail()
    {
        var system = new WhichSystem();
        var count = CommonOptions.Number("--count", 50, 1, 100_000, "How many of the last records to show.");
        var tail = new Command("tail", "Show the last records, one a line.") { count }.With(system.Options);
        tail.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            foreach (var act in (await LogOf(store).ReadBackAsync(null, parsed.GetValue(count), cancellation)).Reverse())
                Console.WriteLine(Line(act));
            return 0;
        });
        return tail;
    }

    private static Command CreateVerify()
    {
        var system = new WhichSystem();
        var noted = new Option<string?>("--noted") { Description = "NUMBER:HASH as an earlier 'verify' showed it: the log up to there must still be the same.", HelpName = "NUMBER:HASH" };
        noted.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Noted(text) is null)
                result.AddError("--noted takes NUMBER:HASH, as 'audit verify' shows it.");
        });
        var verify = new Command("verify", "Read the whole log and say whether it is as it was written; exits with 1 where not.") { noted }.With(system.Options);
        verify.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            var verdict = await LogOf(store).VerifyAsync(Noted(parsed.GetValue(noted)), cancellation);
            if (verdict.Fault is { } fault)
                throw new CommandFailedException($"The audit log was tampered with at number {fault.Number}: {fault.What}.");
            Console.WriteLine($"{verdict.Count} records, each as it was written.");
            Console.WriteLine($"Write this down elsewhere: --noted {verdict.Count}:{verdict.Hash}");
            return 0;
        });
        return verify;
    }

    private static Command CreateExport()
    {
        var system = new WhichSystem();
        var export = new Command("export", "Print all records as JSON, one a line, with their hashes.").With(system.Options);
        export.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            await foreach (var act in LogOf(store).ReadAllAsync(0, cancellation))
                Console.WriteLine(JsonSerializer.Serialize<JournalEvent>(act, GrainsJson.Default.JournalEvent));
            return 0;
        });
        return export;
    }

    private static AuditLog LogOf(StoredSystem store) => new(store.Grains, store.Journal);

    private static AuditHead? Noted(string? text) =>
        text?.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new AuditHead(count, hash) : null;

    private static string Line(ActNoted act)
    {
        string?[] rest = [act.Detail, act.Reason is null ? null : $"({act.Reason})", act.Address is null ? null : $"from {act.Address}"];
        return $"{act.Number} {act.At:yyyy-MM-dd HH:mm:ss} {act.Outcome.ToString().ToLowerInvariant(),-7} {act.Who} {act.Act} {act.Target} {string.Join(' ', rest.Where(text => text is not null))}".TrimEnd();
    }
}
