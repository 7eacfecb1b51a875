using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Running;
using CustomerService.Bench.Traffic;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Sockets;

/// <summary><c>sockets</c>: what an idle chat socket costs, and how soon messages are answered among many; beside bare Kestrel's.</summary>
internal static class SocketsCommand
{
    public static Command Create()
    {
        var sockets = CommonOptions.Number("--sockets", 20_000, 2_000, 200_000, "Sockets at the second reading of memory, and idle while messages come.");
        var few = CommonOptions.Number("--from", 500, 100, 10_000, "Sockets at the first reading.");
        var rate = CommonOptions.Number("--rate", 200, 1, 10_000, "Messages a second.");
        var seconds = CommonOptions.Number("--seconds", 60, 1, 3_600, "How long messages come.");
        var rounds = CommonOptions.Number("--rounds", 1, 1, 100, "Rounds of ours and the bare one.");
        var command = new Command("sockets", "Bytes an idle chat socket costs, as the slope between two counts, and the latency of messages among so many; beside a bare Kestrel socket that echoes.")
        {
            sockets, few, rate, seconds, rounds,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new CrowdPlan(parsed.GetValue(few), parsed.GetValue(sockets), parsed.GetValue(rate), parsed.GetValue(seconds));
            if (plan.To <= plan.From)
                throw new CommandFailedException($"--sockets {plan.To} must be more than --from {plan.From}.", SiloCommandLine.WrongUse);
            OpenFiles.Require(plan.To);
            Machine.Print($"sockets: slope from {plan.From} to {plan.To} chat sockets, then {plan.Rate} messages/s for {plan.Seconds} s; each server and its customers in processes of their own");
            using var folder = new TemporaryFolder();
            var texts = Path.Combine(folder.Path, "texts");
            await File.WriteAllLinesAsync(texts, await AnsweredTextsAsync(), cancellation);
            await MeasureAsync(plan, parsed.GetValue(rounds), texts, cancellation);
            return 0;
        });
        return command;
    }

    private static async Task<IEnumerable<string>> AnsweredTextsAsync()
    {
        await using var system = await BenchSystem.StartAsync();
        return (await CustomerTexts.SortAsync(system)).Answered;
    }

    private static async Task MeasureAsync(CrowdPlan plan, int rounds, string texts, CancellationToken cancellation)
    {
        var (ours, bare) = (new List<CrowdFigures>(), new List<CrowdFigures>());
        for (var round = 1; round <= rounds; round++)
        {
            Console.WriteLine($"  round {round}, load {Machine.LoadAverage()}");
            ours.Add(await CrowdRun.RunAsync(plan, isOurs: true, texts, cancellation));
            Print("ours", ours[^1]);
            bare.Add(await CrowdRun.RunAsync(plan, isOurs: false, texts, cancellation));
            Print("bare", bare[^1]);
        }

        var pairs = ours.Zip(bare).ToList();
        Print($"  ours / bare, an idle socket             {new Samples(pairs.Select(pair => pair.First.Idle.Resident / pair.Second.Idle.Resident)).MedianAndRange()} resident, {new Samples(pairs.Select(pair => pair.First.Idle.Managed / pair.Second.Idle.Managed)).MedianAndRange()} of objects");
        Print($"  ours / bare, after a message and answer {new Samples(pairs.Select(pair => pair.First.Spoken.Resident / pair.Second.Spoken.Resident)).MedianAndRange()} resident, {new Samples(pairs.Select(pair => pair.First.Spoken.Managed / pair.Second.Spoken.Managed)).MedianAndRange()} of objects");
    }

    private static void Print(string whose, CrowdFigures figures)
    {
        Print($"    {whose}: an idle socket                 {figures.Idle.Resident:0} bytes resident, {figures.Idle.Managed:0} of objects");
        Print($"    {whose}: after a message and its answer {figures.Spoken.Resident:0} bytes resident, {figures.Spoken.Managed:0} of objects");
        Print($"    {whose}: message to accepted            {new Samples(figures.Said.Select(said => said.Accepted)).Percentiles()} (n = {figures.Said.Count})");
        Print($"    {whose}: message to answer              {new Samples(figures.Said.Select(said => said.Answered).OfType<double>()).Percentiles()} (n = {figures.Said.Count(said => said.Answered is not null)})");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
