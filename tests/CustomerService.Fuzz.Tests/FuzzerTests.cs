using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Tests;

namespace CustomerService.Fuzz.Tests;

/// <summary>That the fuzzer finds what there is to find.</summary>
public sealed class FuzzerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Crash_IsFound_AndCanBeHadAgain()
    {
        await using var target = new Scripted(input => { if (input[0] == 7) throw new InvalidOperationException("seven"); });
        var fuzzer = new Fuzzer(target, 1, _time);

        var found = (await fuzzer.RunAsync(0, 2_000)).Findings;

        Assert.Contains("seven", found[0], StringComparison.Ordinal);
        var number = int.Parse(found[0].Split("--only ")[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(7, fuzzer.Input(number)[0]);
        Assert.Single((await new Fuzzer(target, 1, _time).RunAsync(number, 1)).Findings);
    }

    [Fact]
    public async Task SlowInput_IsFound()
    {
        await using var target = new Scripted(_ => _time.Advance(Fuzzer.Longest * 2));
        Assert.Contains("it takes 2000 ms", (await new Fuzzer(target, 1, _time).RunAsync(0, 1)).Findings.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputThatWasSlowOnce_IsNoFinding()
    {
        var tries = 0;
        await using var target = new Scripted(_ => _time.Advance(++tries == 1 ? Fuzzer.Longest * 2 : TimeSpan.Zero));
        Assert.Empty((await new Fuzzer(target, 1, _time).RunAsync(0, 1)).Findings);
    }

    [Fact]
    public async Task InputThatTakesMuchMemory_IsFound()
    {
        await using var target = new Scripted(_ => GC.KeepAlive(new byte[3_000_000]));
        Assert.Contains("allocates", (await new Fuzzer(target, 1, _time).RunAsync(0, 1)).Findings.Single(), StringComparison.Ordinal);
    }

    private sealed class Scripted(Action<byte[]> read) : FuzzTarget("scripted", 1_000)
    {
        public override byte[] Make(Random random) => [(byte)random.Next(256)];

        public override ValueTask<FuzzOutcome> TryAsync(byte[] input)
        {
            read(input);
            return new ValueTask<FuzzOutcome>(new FuzzOutcome("read"));
        }
    }
}
