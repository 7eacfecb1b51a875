using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Figures;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Pages;

/// <summary><c>pages</c>: what a console user costs, and how soon the page shows what a grain has decided.</summary>
internal static class PagesCommand
{
    private const string DefaultChromium = "/usr/bin/chromium";
    private const int Loads = 7;

    public static Command Create()
    {
        var users = CommonOptions.Number("--users", 200, 20, 5_000, "Users with a page open, one of them in a real browser.");
        var few = CommonOptions.Number("--from", 20, 5, 1_000, "Users at the first reading of memory.");
        var rate = CommonOptions.Number("--rate", 100, 1, 10_000, "Updates a second, over all pages.");
        var seconds = CommonOptions.Number("--seconds", 30, 1, 3_600, "How long updates come.");
        var chromium = new Option<string>("--chromium") { Description = "The browser.", DefaultValueFactory = _ => DefaultChromium, HelpName = "FILE" };
        var command = new Command("pages", "Memory of a console user above an empty circuit, and the time from a grain's commit to the page, with many users and updates; one user is a real browser.")
        {
            users, few, rate, seconds, chromium,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (most, least) = (parsed.GetValue(users), parsed.GetValue(few));
            if (most <= least)
                throw new CommandFailedException($"--users {most} must be more than --from {least}.", SiloCommandLine.WrongUse);
            Machine.Print($"pages: slope from {least} to {most} users who have a conversation open at their desk, then {parsed.GetValue(rate)} messages/s for {parsed.GetValue(seconds)} s; the server in a process of its own");
            var bare = await SlopeOfBareAsync(least, most, cancellation);
            await using var door = await PagesDoor.StartAsync(DoorCommand.Ours, most, cancellation);
            await using var crowd = new PageCrowd(door);
            await crowd.OpenAsync(2 * least, cancellation); // Whatever is made once is made now.
            await crowd.CloseAsync();
            await crowd.OpenAsync(least, cancellation);
            var first = await crowd.ReadMemoryAsync(cancellation);
            await crowd.OpenAsync(most - 1 - least, cancellation);
            var second = await crowd.ReadMemoryAsync(cancellation);
            Print("ours", Slope(first, second, most - 1 - least));
            Print("bare", bare);
            Console.WriteLine($"    above an empty circuit     {Kilobytes(Slope(first, second, most - 1 - least).Managed - bare.Managed)} of objects, {Kilobytes(Slope(first, second, most - 1 - least).Resident - bare.Resident)} resident");
            await MeasureTimesAsync(door, crowd, parsed.GetValue(chromium)!, most - 1, parsed.GetValue(rate), parsed.GetValue(seconds), cancellation);
            return 0;
        });
        return command;
    }

    private static async Task MeasureTimesAsync(ChildProcess door, PageCrowd crowd, string chromium, int browsersUser, int rate, int seconds, CancellationToken cancellation)
    {
        var address = new Uri(door.First);
        await using var browser = await PixelWatch.StartAsync(chromium, address, await door.AskAsync($"cookie {browsersUser}", cancellation));
        var page = new Uri(address, $"console/desk/{PagesDoor.ConversationOf(browsersUser)}");
        var loads = new List<double>();
        for (var load = 0; load < Loads; load++)
            loads.Add(await browser.LoadAsync(page));
        Print($"    first useful paint         {new Samples(loads.Skip(1)).MedianAndRange("0")} ms, the browser's cache warm; {loads[0]:0} ms cold");

        // Both clocks at one moment: the server's marks are of this one, the browser's of the wall.
        var (ticks, wall) = (Stopwatch.GetTimestamp(), (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds);
        var before = door.ProcessorTime;
        var written = JsonSerializer.Deserialize<Dictionary<int, long>>(await door.AskAsync(string.Create(CultureInfo.InvariantCulture, $"write {rate} {seconds}"), cancellation))!;
        var used = door.ProcessorTime - before;
        await crowd.WhenSeenAsync(written.Keys.Where(number => PageWriter.UserOf(number, browsersUser + 1) != browsersUser), cancellation);

        var arrived = written.Where(each => crowd.SeenAt(each.Key) is not null).Select(each => Stopwatch.GetElapsedTime(each.Value, crowd.SeenAt(each.Key)!.Value).TotalMilliseconds);
        var painted = (await browser.SeenAsync()).Select(each => each.Value - (wall + Stopwatch.GetElapsedTime(ticks, written[each.Key]).TotalMilliseconds)).ToList();
        Print($"    commit to the user's line  {new Samples(arrived).Percentiles()} (n = {written.Count})");
        Print($"    commit to the pixel        {new Samples(painted).Percentiles()} (n = {painted.Count}, one browser)");
        Print($"    processor                  {used.TotalSeconds / seconds:0.00} cores of the server; load {Machine.LoadAverage()}");
    }

    private static async Task<(double Managed, double Resident)> SlopeOfBareAsync(int least, int most, CancellationToken cancellation)
    {
        await using var door = await PagesDoor.StartAsync(DoorCommand.Bare, 0, cancellation);
        await using var crowd = new PageCrowd(door, isBare: true);
        await crowd.OpenAsync(2 * least, cancellation);
        await crowd.CloseAsync();
        await crowd.OpenAsync(least, cancellation);
        var first = await crowd.ReadMemoryAsync(cancellation);
        await crowd.OpenAsync(most - least, cancellation);
        return Slope(first, await crowd.ReadMemoryAsync(cancellation), most - least);
    }

    private static (double Managed, double Resident) Slope((long Managed, long Resident) few, (long Managed, long Resident) many, int users) =>
        ((double)(many.Managed - few.Managed) / users, (double)(many.Resident - few.Resident) / users);

    private static void Print(string whose, (double Managed, double Resident) user) =>
        Console.WriteLine($"    {whose}: a user               {Kilobytes(user.Managed)} of objects, {Kilobytes(user.Resident)} resident");

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Kilobytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0} KB");
}
