using System.Globalization;
using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Fuzz.Tests.Targets;

namespace CustomerService.Fuzz.Tests;

/// <summary><c>dotnet run -c Release --project tests/CustomerService.Fuzz.Tests -- --inputs 1000000 --seed 1</c></summary>
internal static class Program
{
    private const string Usage = "--inputs N (of all targets together; 100000) --seed N (1) --target NAME (all) --only NUMBER (that input alone)";

    public static async Task<int> Main(string[] arguments)
    {
        string? Option(string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
        int? Number(string name) => int.TryParse(Option(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var names = FuzzTargets.All.Select(make => make().Name).ToArray();
        var known = new[] { "--inputs", "--seed", "--target", "--only" };
        if (arguments.Where((_, index) => index % 2 == 0).Any(name => !known.Contains(name)) || arguments.Length % 2 != 0 || (Option("--target") is { } wanted && !names.Contains(wanted)))
        {
            await Console.Error.WriteLineAsync($"{Usage}\nTargets: {string.Join(", ", names)}");
            return 2;
        }

        var (inputs, seed, findings) = (Number("--inputs") ?? 100_000, Number("--seed") ?? 1, 0);
        await using var trail = Trail.Open();
        if (trail.Left is { } left)
            Console.WriteLine($"The last run ended within an input: --target {left}");
        foreach (var make in FuzzTargets.All)
        {
            await using var target = make();
            if (Option("--target") is { } name && name != target.Name)
                continue;
            var count = Number("--only") is null ? Math.Max(1, Option("--target") is null ? (int)((long)inputs * target.Share / 1_000) : inputs) : 1;
            var report = await new Fuzzer(target, seed, TimeProvider.System).RunAsync(Number("--only") ?? 0, count, number => trail.Note(target.Name, seed, number));
            Console.WriteLine(report);
            findings += report.Findings.Count;
        }

        trail.End();
        Console.WriteLine(findings == 0 ? "Nothing was found." : $"{findings} findings.");
        return findings == 0 ? 0 : 1;
    }
}
