namespace CustomerService.EndToEnd;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--wrokers 3", "--wrokers")]
    [InlineData("run --workers none", "--workers")]
    [InlineData("run --workers 0", "--workers")]
    [InlineData("run --channels fax", "fax")]
    [InlineData("run --languages tlh", "tlh")]
    [InlineData("run --mode party", "party")]
    [InlineData("run --metrics-port 99999", "--metrics-port")]
    [InlineData("run --listen nowhere", "--listen")]
    [InlineData("run --cluster redis://localhost", "--cluster")]
    [InlineData("run --roles silo", "--roles")]
    [InlineData("database migrate", "--database")]
    [InlineData("database migrate --database nowhere", "--database")]
    [InlineData("journal tail --data x --database postgres://x/y", "--data and --database")]
    [InlineData("parked retry p-1 --database postgres://x/y", "--url")]
    [InlineData("parked retry p-1 --url http://x", "--operator-token")]
    [InlineData("mails retry support/m-1 --database postgres://x/y", "--url")]
    [InlineData("mails retry support/m-1 --url http://x", "--operator-token")]
    [InlineData("mails show m-1", "ACCOUNT/ID")]
    [InlineData("cluster status", "--url")]
    [InlineData("cluster status --url nowhere", "--url")]
    [InlineData("cluster status --url http://x", "--operator-token")]
    [InlineData("replay no-such-file.csv --url nowhere", "--url")]
    [InlineData("replay", "FILE")]
    [InlineData("replay no-such-file.csv", "no-such-file.csv")]
    [InlineData("pipeline check no-such-file.yaml", "no-such-file.yaml")]
    [InlineData("routing check no-such-file.yaml", "no-such-file.yaml")]
    [InlineData("import-orders no-such-file.json", "no-such-file.json")]
    [InlineData("evaluate no-such-file.csv", "no-such-file.csv")]
    [InlineData("conversations show c-1 --data no-such-folder", "no-such-folder")]
    [InlineData("conversations explain c-1 --data no-such-folder", "no-such-folder")]
    [InlineData("journal tail --data no-such-folder", "no-such-folder")]
    [InlineData("parked list --data no-such-folder", "no-such-folder")]
    [InlineData("mails list --data no-such-folder", "no-such-folder")]
    [InlineData("simulate chaos --bug everything", "everything")]
    [InlineData("simulate chaos --seeds none", "--seeds")]
    [InlineData("dance", "dance")]
    public async Task WrongUse_ExitsWithTwoAndOneLineThatNamesIt(string commandLine, string named)
    {
        await using var program = SiloProgram.Start(commandLine.Split(' '));

        Assert.Equal(2, await program.ExitAsync());
        var line = Assert.Single(program.Output.Split('\n'));
        Assert.Contains(named, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "run|replay|pipeline|routing|train|evaluate|import-orders|conversations|journal|parked|database|cluster")]
    [InlineData("run", "--workers|--channels|--languages|--mode|--metrics-port|--data|--listen|--pipeline|--cluster|--database|--roles|$CUSTOMERSERVICE_SILO_KEY")]
    [InlineData("replay", "--column|--url|--data|--cluster|--database")]
    [InlineData("database", "migrate")]
    [InlineData("cluster status", "--url|--operator-token|--json")]
    [InlineData("pipeline", "check|run")]
    [InlineData("routing", "check")]
    [InlineData("parked", "list|retry|drop")]
    [InlineData("mails", "list|show|retry|drop")]
    [InlineData("mails list", "--account|--data|--database")]
    [InlineData("simulate chaos", "--seeds|--first-seed|--steps|--bug|--hash|drop-dedup")]
    public async Task Help_NamesEverything(string command, string words)
    {
        await using var program = SiloProgram.Start([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, await program.ExitAsync());
        foreach (var word in words.Split('|'))
            Assert.Contains(word, program.Output, StringComparison.Ordinal);
    }
}
