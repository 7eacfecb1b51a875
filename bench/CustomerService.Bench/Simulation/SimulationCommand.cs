using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Grains;
using CustomerService.Grains.Turns;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Simulation;

/// <summary><c>simulation</c>: turns a second of the simulated host on one core, beside the bare behaviours.</summary>
internal static class SimulationCommand
{
    private const int Agents = 200;
    private const ulong Seed = 7;

    public static System.CommandLine.Command Create()
    {
        var customers = CommonOptions.Number("--customers", 20_000, 100, 1_000_000, "Customers of the simulated day.");
        var rounds = CommonOptions.Number("--rounds", 5, 1, 100, "Days simulated, each beside its floor.");
        var command = new System.CommandLine.Command("simulation", "Turns a second of the simulated host on one core, beside the same commands given to the bare behaviours.") { customers, rounds };
        command.SetAction(parsed => Run(parsed.GetValue(customers), parsed.GetValue(rounds)));
        return command;
    }

    private static int Run(int customers, int rounds)
    {
        Machine.Print($"simulation: a day of {customers} customers and {Agents} agents in virtual time, on one thread");
        var handled = new List<HandledCommand>();
        var recorded = new SmallCentre(Seed, Agents, [.. GrainCatalog.All.Select(kind => new RecordingKind(kind, handled))]);
        recorded.Run(customers, TimeSpan.FromHours(8));
        Handle(handled);

        var (hosted, bare, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var centre = new SmallCentre(Seed, Agents, GrainCatalog.All);
            centre.Run(customers, TimeSpan.FromHours(8));
            hosted.Add(centre.Host.Turns / clock.Elapsed.TotalSeconds);
            if (centre.Host.Turns != handled.Count)
                throw new CommandFailedException($"The same seed gave {centre.Host.Turns} turns, not {handled.Count}: the simulation is not deterministic, and the figures are void.");

            clock.Restart();
            Handle(handled);
            bare.Add(handled.Count / clock.Elapsed.TotalSeconds);
            ratios.Add(hosted[^1] / bare[^1]);
        }

        Print($"  turns a day            {handled.Count}");
        Print($"  turns a second         {new Samples(hosted).MedianAndRange("#,0")}");
        Print($"  … bare behaviours      {new Samples(bare).MedianAndRange("#,0")}");
        Print($"  … divided by them      {new Samples(ratios).MedianAndRange()}");
        return 0;
    }

    /// <summary>The floor: each command handled by its behaviour, the state put back, and nothing else done.</summary>
    private static void Handle(List<HandledCommand> commands)
    {
        var states = new Dictionary<GrainId, object>();
        foreach (var (kind, key, command, now) in commands)
        {
            var id = new GrainId(kind.Name, key);
            var state = states.TryGetValue(id, out var known) ? known : kind.Initial(key);
            states[id] = kind.Handle(state, command, now).State;
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
