using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Figures;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Pages;

/// <summary><c>lists</c>: a long list of conversations, scrolled in a real browser while customers write.</summary>
internal static class ListsCommand
{
    private const string DefaultChromium = "/usr/bin/chromium";

    public static Command Create()
    {
        var many = CommonOptions.Number("--conversations", 10_000, 1_000, 200_000, "Conversations that wait in an agent's queue.");
        var few = CommonOptions.Number("--beside", 100, 50, 900, "The same with so many, to compare.");
        var jumps = CommonOptions.Number("--jumps", 30, 5, 1_000, "How often the list is scrolled to another place.");
        var rate = CommonOptions.Number("--rate", 20, 1, 1_000, "Messages a second while somebody reads the middle of the list.");
        var seconds = CommonOptions.Number("--seconds", 10, 1, 600, "How long.");
        var chromium = new Option<string>("--chromium") { Description = "The browser.", DefaultValueFactory = _ => DefaultChromium, HelpName = "FILE" };
        var command = new Command("lists", "A long list of conversations at an agent's desk, in a real browser: first rows, jumps to other places, memory of the circuit, and whether it stands still while customers write.")
        {
            many, few, jumps, rate, seconds, chromium,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var load = new Load(parsed.GetValue(jumps), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(chromium)!);
            Machine.Print($"lists: {parsed.GetValue(few)} and {parsed.GetValue(many)} conversations, each with its own server; load {Machine.LoadAverage()}");
            var small = await MeasureAsync(parsed.GetValue(few), load, cancellation);
            var large = await MeasureAsync(parsed.GetValue(many), load, cancellation);
            Print($"    {parsed.GetValue(many)} ÷ {parsed.GetValue(few)}: first rows {large.First / small.First:0.00}, a jump {large.Jump / small.Jump:0.00}");
            return 0;
        });
        return command;
    }

    private static async Task<(double First, double Jump)> MeasureAsync(int conversations, Load load, CancellationToken cancellation)
    {
        await using var door = await PagesDoor.StartAsync(DoorCommand.Ours, conversations, cancellation);
        var address = new Uri(door.First);
        var cookie = await door.AskAsync("cookie 0", cancellation);
        var team = new Uri(address, "console/desk?view=team");
        await using (var warm = await ListWatch.StartAsync(load.Chromium, address, cookie))
            await warm.OpenAsync(team, conversations); // Whatever is made once is made now, and the list has caught up.

        await using var browser = await ListWatch.StartAsync(load.Chromium, address, cookie);
        var first = await browser.OpenAsync(team, conversations);
        List<double> times = [await browser.GoAsync(0.5), await browser.GoAsync(1)];
        var places = new Random(1);
        long? before = null;
        while (times.Count < load.Jumps)
        {
            times.Add(await browser.GoAsync(places.NextDouble()));
            if (times.Count >= load.Jumps / 2)
                before ??= await ObjectsAsync(door, cancellation); // Whatever is kept once is kept by now.
        }

        var after = await ObjectsAsync(door, cancellation);

        await browser.GoAsync(0.5);
        await browser.BeginWatchAsync();
        await door.AskAsync(string.Create(CultureInfo.InvariantCulture, $"write {load.Rate} {load.Seconds}"), cancellation);
        var moved = await browser.EndWatchAsync();
        await browser.GoAsync(1);

        var jumped = new Samples(times);
        Print($"    {conversations}: first rows             {first:0} ms");
        Print($"    {conversations}: a jump, painted        {jumped.Percentiles()} (n = {jumped.Count}; the middle {times[0]:0} ms, the end {times[1]:0} ms)");
        Print($"    {conversations}: objects of the server  {(after - before!.Value) / 1024.0:+0;-0;0} KB by the later half of the jumps");
        Print($"    {conversations}: in the middle          {moved} times another row on top while {load.Rate} messages/s came for {load.Seconds} s");
        return (first, jumped.Median);
    }

    private static async Task<long> ObjectsAsync(ChildProcess door, CancellationToken cancellation) =>
        long.Parse((await door.AskAsync(PagesDoor.Memory, cancellation)).Split(' ')[0], CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Load(int Jumps, int Rate, int Seconds, string Chromium);
}
