using System.CommandLine;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Runtime.Journal;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>journal tail</c>: what happened last, and what happens.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var count = CommonOptions.Number("--count", 50, 0, int.MaxValue, "How many of the last events to show.");
        var follow = new Option<bool>("--follow") { Description = "Go on with each event as it happens, until stopped." };
        var tail = new Command("tail", "Show the last events of all grains, one a line as JSON.") { data, count, follow };
        tail.SetAction(async (parsed, cancellation) =>
        {
            await using var store = StoredSystem.Open(parsed.GetValue(data)!);
            await TailAsync(store.Journal, parsed.GetValue(count), parsed.GetValue(follow), cancellation);
            return 0;
        });
        var command = new Command("journal", "Look at what happened.");
        command.Subcommands.Add(tail);
        return command;
    }

    private static async Task TailAsync(IJournal journal, int count, bool follow, CancellationToken cancellation)
    {
        var position = Math.Max(0, await LastPositionAsync(journal, cancellation) - count);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (true)
            {
                var entries = await journal.ReadAllAsync(position, 1000, cancellation);
                foreach (var entry in entries)
                    Console.WriteLine($"{entry.Position} {entry.At:O} {entry.Grain} {JsonSerializer.Serialize(entry.Event, GrainsJson.Default.JournalEvent)}");
                if (entries.Count > 0)
                    position = entries[^1].Position;
                else if (!follow || !await look.WaitForNextTickAsync(cancellation))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how following ends.
        }
    }

    /// <summary>Positions only rise, so the last one is found by halving, however long the journal is.</summary>
    private static async ValueTask<long> LastPositionAsync(IJournal journal, CancellationToken cancellation)
    {
        long low = 0, high = 1;
        while (await AnyAfterAsync(high))
            (low, high) = (high, high * 2);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await AnyAfterAsync(middle))
                low = middle + 1;
            else
                high = middle;
        }

        return low;

        async ValueTask<bool> AnyAfterAsync(long position) => (await journal.ReadAllAsync(position, 1, cancellation)).Count > 0;
    }
}
