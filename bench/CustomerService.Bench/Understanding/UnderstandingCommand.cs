using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CustomerService.Bench.Figures;
using CustomerService.Language;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Understanding;

/// <summary><c>understanding</c>: messages a second that one core understands (language, intents, mood), in five languages mixed.</summary>
internal static class UnderstandingCommand
{
    private const int Seed = 7;
    private const int WarmUps = 10;

    public static Command Create()
    {
        var messages = CommonOptions.Number("--messages", 20_000, 1_000, 10_000_000, "Messages in a round.");
        var rounds = CommonOptions.Number("--rounds", 9, 1, 1_000, "Rounds, each beside its floor.");
        var command = new Command("understanding", "Messages a second whose language, intents, sentiment, emotions and urgency one core reads, beside the mere reading of their characters.") { messages, rounds };
        command.SetAction(parsed => Run(parsed.GetValue(messages), parsed.GetValue(rounds)));
        return command;
    }

    private static int Run(int messages, int rounds)
    {
        var corpus = Corpus.Open(Path.Combine(AppContext.BaseDirectory, "Corpus"));
        string[] texts = [.. corpus.Languages.SelectMany(corpus.HeldOutIntents).Select(example => example.Text)];
        new Random(Seed).Shuffle(texts);
        Machine.Print($"understanding: {texts.Length} held-out messages of {corpus.Languages.Count} languages, {texts.Average(text => text.Length):0} characters in the mean, on one thread");

        var understanding = MessageUnderstanding.LoadShipped();
        var named = 0;
        for (var round = 0; round < WarmUps; round++)
            Understand(messages / 2);
        var (rates, byTheClock, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var (processor, clock) = Measure(() => Understand(messages));
            var (floor, _) = Measure(() => Read(messages));
            rates.Add(messages / processor);
            byTheClock.Add(messages / clock);
            ratios.Add(processor / floor);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Print($"  messages a second of processor time   {new Samples(rates).MedianAndRange("#,0")}, goal 50,000");
        Print($"  … by the clock                        {new Samples(byTheClock).MedianAndRange("#,0")}");
        Print($"  … times as long as the floor          {new Samples(ratios).MedianAndRange("0.0")}: a look at each character and a sum over it");
        Print($"  allocated a message                   {allocated / ((long)messages * rounds)} bytes");
        return named > 0 ? 0 : SiloCommandLine.Failed;

        void Understand(int count)
        {
            for (var n = 0; n < count; n++)
                named += understanding.Understand(texts[n % texts.Length]).Intent.Ranked.Length;
        }

        // Each character's category is looked up once and hashed into as many n-grams as end with it.
        void Read(int count)
        {
            for (var n = 0; n < count; n++)
            {
                var hash = 0u;
                foreach (var c in texts[n % texts.Length])
                {
                    for (var length = 1; length <= 4; length++)
                        hash = (hash ^ c ^ (uint)char.GetUnicodeCategory(c)) * 16777619;
                }

                named += (int)(hash & 1);
            }
        }
    }

    /// <summary>Processor time, which neighbours on the machine do not take from us, and time by the clock; both in seconds.</summary>
    private static (double Processor, double Clock) Measure(Action work)
    {
        var process = Process.GetCurrentProcess();
        var (processor, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        work();
        clock.Stop();
        process.Refresh();
        return ((process.TotalProcessorTime - processor).TotalSeconds, clock.Elapsed.TotalSeconds);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
