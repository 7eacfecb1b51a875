using System.Diagnostics;
using CustomerService.Bench.Figures;
using CustomerService.Knowledge;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using Command = System.CommandLine.Command;

namespace CustomerService.Bench.Knowledge;

/// <summary><c>knowledge</c>: what a search of the articles costs, beside SQLite's full text search over the same texts.</summary>
internal static class KnowledgeCommand
{
    public static Command Create()
    {
        var rounds = CommonOptions.Number("--rounds", 9, 1, 1_000, "Rounds; each asks every question of everybody.");
        var command = new Command("knowledge", "What a search costs, new and repeated, beside bare SQLite FTS5 over the same articles, in turns.") { rounds };
        command.SetAction(async (parsed, cancellation) =>
        {
            Machine.Print("knowledge: the shipped articles, English questions, one thread");
            await MeasureAsync(parsed.GetValue(rounds), cancellation);
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(int rounds, CancellationToken cancellation)
    {
        var index = KnowledgeIndex.Open(ContentFolder.Find(null).Knowledge);
        using var peer = new BareFullText(index.Articles.Where(article => article.Language == "en"));
        var texts = RetrievalQuestion.ReadFile(Path.Combine(AppContext.BaseDirectory, "questions", "en.txt")).Select(question => question.Text).ToList();
        var (fresh, again, bare) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            // The round's number is a word that no article has: the question stays the same, and was not asked before.
            var started = Stopwatch.GetTimestamp();
            foreach (var text in texts)
                await index.SearchAsync(new KnowledgeQuery($"{text} q{round + 2}", null), cancellation);
            var freshTime = Microseconds(started);
            started = Stopwatch.GetTimestamp();
            foreach (var text in texts)
                await index.SearchAsync(new KnowledgeQuery($"{text} q{round + 2}", null), cancellation);
            var againTime = Microseconds(started);
            started = Stopwatch.GetTimestamp();
            foreach (var text in texts)
                peer.Search(text);
            var bareTime = Microseconds(started);
            // The first two warm up.
            if (round < 0)
                continue;
            fresh.Add(freshTime);
            again.Add(againTime);
            bare.Add(bareTime);
        }

        Console.WriteLine($"new question         {new Samples(fresh).MedianAndRange()} us");
        Console.WriteLine($"the same again       {new Samples(again).MedianAndRange()} us");
        Console.WriteLine($"bare SQLite FTS5     {new Samples(bare).MedianAndRange()} us");
        Console.WriteLine($"new / bare           {new Samples(fresh.Zip(bare, (mine, its) => mine / its)).MedianAndRange()}");

        double Microseconds(long since) => Stopwatch.GetElapsedTime(since).TotalMicroseconds / texts.Count;
    }
}
