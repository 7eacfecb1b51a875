using System.CommandLine;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Journal;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>journal tail</c>: what happened last, and what happens.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var system = new WhichSystem();
        var count = CommonOptions.Number("--count", 50, 0, int.MaxValue, "How many of the last events to show.");
        var follow = new Option<bool>("--follow") { Description = "Go on with each event as it happens, until stopped." };
        var tail = new Command("tail", "Show the last events of all grains, one a line as JSON.") { count, follow }.With(system.Options);
        tail.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
            await TailAsync(store.Journal, parsed.GetValue(count), parsed.GetValue(follow), cancellation);
            return 0;
        });
        var command = new Command("journal", "Look at what happened.");
        command.Subcommands.Add(tail);
        return command;
    }

    private static async Task TailAsync(IJournal journal, int count, bool follow, CancellationToken cancellation)
    {
        var last = await JournalEnd.ReadLastAsync(journal, count, cancellation);
        foreach (var entry in last)
            Show(entry);
        if (!follow)
            return;
        var position = last.Count > 0 ? last[^1].Position : await JournalEnd.FindAsync(journal, cancellation);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (true)
            {
                var entries = await journal.ReadAllAsync(position, 1000, cancellation);
                foreach (var entry in entries)
                    Show(entry);
                if (entries.Count > 0)
                    position = entries[^1].Position;
                else
                    await look.WaitForNextTickAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how following ends.
        }
    }

    private static void Show(JournalEntry entry) =>
        Console.WriteLine($"{entry.Position} {entry.At:O} {entry.Grain} {JsonSerializer.Serialize(entry.Event, GrainsJson.Default.JournalEvent)}");
}
