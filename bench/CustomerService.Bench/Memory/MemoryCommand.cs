using System.CommandLine;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Bench.Running;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Runtime.InProcess;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Memory;

/// <summary><c>memory</c>: what one live conversation costs, and what one costs that has left memory.</summary>
internal static class MemoryCommand
{
    private const int MessagesEach = 5;
    private const int WarmUp = 1_000;
    private const int AskedAgain = 1_000;

    public static Command Create()
    {
        var few = CommonOptions.Number("--from", 10_000, 1_000, 10_000_000, "Conversations at the first reading.");
        var many = CommonOptions.Number("--to", 100_000, 2_000, 10_000_000, "Conversations at the second reading.");
        var command = new Command("memory", $"Bytes a live conversation of {MessagesEach} messages and their answers costs, as the slope between two counts; and after it left memory.") { few, many };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (from, to) = (parsed.GetValue(few), parsed.GetValue(many));
            if (to <= from)
                throw new CommandFailedException($"--to {to} must be more than --from {from}.", SiloCommandLine.WrongUse);
            Machine.Print($"memory: slope from {from} to {to} live conversations");
            return await MeasureAsync(from, to, cancellation) ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static async Task<bool> MeasureAsync(int from, int to, CancellationToken cancellation)
    {
        var (texts, answers) = await RecordedOutcomes.RecordAsync();
        // Nothing leaves memory by itself while it is measured.
        var host = new InProcessOptions { Workers = SiloSettings.DefaultWorkers, IdleTime = TimeSpan.FromHours(4), MaxActivations = int.MaxValue };
        await using var system = await BenchSystem.StartAsync(new BenchOptions { Host = host, Performer = _ => answers });
        var conversations = new Conversations(system, texts, MessagesEach);

        await conversations.HoldAsync(to, to + WarmUp, cancellation);
        system.Host.Collect(_ => true);
        var empty = MemoryReading.Take();
        await conversations.HoldAsync(0, from, cancellation);
        var few = MemoryReading.Take();
        await conversations.HoldAsync(from, to, cancellation);
        var many = MemoryReading.Take();
        Print($"  grains in memory       {system.Host.Activations} of {to} conversations (each with its customer and its ticket)");
        Print($"  a live conversation    {(double)(many.Managed - few.Managed) / (to - from):0} bytes of objects, {(double)(many.Resident - few.Resident) / (to - from):0} bytes resident");

        system.Host.Collect(_ => true);
        var left = MemoryReading.Take();
        Print($"  grains in memory       {system.Host.Activations} after the idle ones left");
        Print($"  a conversation outside {(double)(left.Managed - empty.Managed) / to:0} bytes of objects (the emptied table's size, for the next ones)");
        return await ComeBackAsync(system, to);
    }

    /// <summary>What left memory is not lost.</summary>
    private static async Task<bool> ComeBackAsync(BenchSystem system, int conversations)
    {
        var random = new Random(1);
        var whole = 0;
        for (var n = 0; n < AskedAgain; n++)
        {
            var id = Conversations.Id(random.Next(conversations));
            if (await system.Host.Inside.AskAsync(Grain.Conversation(id), new GetConversation()) is ConversationView { LastSequence: 2 * MessagesEach })
                whole++;
        }

        Print($"  asked again            {whole} of {AskedAgain} came back with all their messages");
        return whole == AskedAgain;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
