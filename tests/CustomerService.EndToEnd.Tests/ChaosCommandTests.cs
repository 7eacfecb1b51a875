using System.Text.RegularExpressions;

namespace CustomerService.EndToEnd;

/// <summary><c>simulate chaos</c> as a process: what no test within one process can see.</summary>
public sealed partial class ChaosCommandTests
{
    [Fact]
    public async Task SameSeeds_SameJournals_InEveryProcess()
    {
        var words = new List<string>();
        for (var times = 0; times < 2; times++)
        {
            await using var program = SiloProgram.Start("simulate", "chaos", "--seeds", "5", "--first-seed", "40", "--hash");
            Assert.Equal(0, await program.ExitAsync());
            words.Add(Word().Match(program.Output).Value);
        }

        Assert.NotEmpty(words[0]);
        Assert.Equal(words[0], words[1]);
    }

    [Fact]
    public async Task FailingSeed_ExitsWithOne_AndPrintsTheLineThatReplaysIt()
    {
        await using var program = SiloProgram.Start("simulate", "chaos", "--seeds", "20", "--steps", "60", "--bug", "drop-dedup");

        Assert.Equal(1, await program.ExitAsync());
        Assert.Matches("Replay: ./run simulate chaos --seeds 1 --first-seed [0-9]+ --steps 60 --bug drop-dedup\n", program.Output);
    }

    [GeneratedRegex("journals [0-9a-f]{16}")]
    private static partial Regex Word();
}
