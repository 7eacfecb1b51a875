using System.CommandLine;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Entrance;

namespace CustomerService.Silo.Tests.CommandLine;

public sealed class RunOptionsTests
{
    private const string Secret = "a secret of enough length";

    [Fact]
    public void NoFlags_GiveTheDefaults()
    {
        var settings = Read();

        Assert.Equal(
            (SiloSettings.DefaultWorkers, "production", SiloSettings.DefaultMetricsPort, SiloSettings.DefaultListen, SiloSettings.DefaultDataFolder),
            (settings.Workers, settings.Mode, settings.MetricsPort, settings.Listen, settings.DataFolder));
        Assert.Equal(["chat", "email", "voice", "sms", "social"], settings.Channels);
        Assert.Null(settings.Languages); // Then the routing rules say which.
        Assert.Null(settings.CrmWebhook);
        Assert.Null(settings.TicketWebhook);
        Assert.False(settings.Quiet);
    }

    [Fact]
    public void Flags_AreTaken()
    {
        var settings = Read("--workers", "3", "--mode", "staging", "--metrics-port", "0", "--listen", "http://0.0.0.0:81", "--data", "there", "--pipeline", "p.yaml", "--intent-model", "m.bin");

        Assert.Equal(
            (3, "staging", 0, "http://0.0.0.0:81", "there", "p.yaml", "m.bin"),
            (settings.Workers, settings.Mode, settings.MetricsPort, settings.Listen, settings.DataFolder, settings.PipelineFile, settings.IntentModelPath));
    }

    [Theory]
    [InlineData("en,de")]
    [InlineData("en", "de")]
    [InlineData("en, de,en")]
    public void Lists_AreSplitAtCommasAndSpaces_EachNameOnce(params string[] languages) =>
        Assert.Equal(["en", "de"], Read(["--languages", .. languages]).Languages);

    [Theory]
    [InlineData("--workers takes a number from 1 to 4096.", "--workers", "0")]
    [InlineData("--workers takes a number from 1 to 4096.", "--workers", "many")]
    [InlineData("--metrics-port takes a number from 0 to 65535.", "--metrics-port", "70000")]
    [InlineData("'pigeon' is no channel; known are chat, email, voice, sms, social.", "--channels", "chat,pigeon")]
    [InlineData("'tlh' is no language; known are en, es, fr, de, ja.", "--languages", "en", "tlh")]
    [InlineData("--languages needs at least one language.", "--languages", ",")]
    [InlineData("'test' is no mode; known are development, staging, production.", "--mode", "test")]
    [InlineData("--listen takes an address like http://localhost:8080; 'here' is none.", "--listen", "here")]
    [InlineData("--listen takes an address like http://localhost:8080; 'ftp://x' is none.", "--listen", "ftp://x")]
    public void WrongFlags_AreRefusedWithTheFix(string complaint, params string[] args) =>
        Assert.Contains(complaint, Parse(new RunOptions(), args).Errors.Select(error => error.Message));

    [Theory]
    [InlineData(true, "--mode", "development")]
    [InlineData(true, "--mode", "development", "--listen", "http://127.0.0.1:81")]
    [InlineData(true, "--mode", "development", "--listen", "http://[::1]:81")]
    [InlineData(true, "--mode", "production", "--listen", "http://0.0.0.0:81")]
    [InlineData(true, "--mode", "development", "--listen", "http://0.0.0.0:81", "--let-anyone-in")]
    [InlineData(false, "--mode", "development", "--listen", "http://0.0.0.0:81")]
    [InlineData(false, "--mode", "development", "--listen", "http://[::]:81")]
    [InlineData(false, "--mode", "development", "--listen", "http://support.shop.example:81")]
    public void DevelopmentsConsole_ListensToThisMachineAlone_UnlessToldSo(bool starts, params string[] args)
    {
        var settings = Read(args);

        if (starts)
            DemoEntrance.Check(settings);
        else
            Assert.Contains("--let-anyone-in", Assert.Throws<CommandFailedException>(() => DemoEntrance.Check(settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cluster ", "--cluster", "redis://x")]
    [InlineData("--content no/such/folder: there is no such folder.", "--content", "no/such/folder")]
    public void FlagsThatCannotBeFollowed_AreWrongUse(string complaint, params string[] args)
    {
        var failure = Assert.Throws<CommandFailedException>(() => Read(args));

        Assert.StartsWith(complaint, failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    [Fact]
    public void Webhooks_TakeTheirSecretsFromTheEnvironment()
    {
        var settings = Read(
            name => name switch { "CUSTOMERSERVICE_CRM_SECRET" => Secret + " 1", "CUSTOMERSERVICE_TICKETING_SECRET" => Secret + " 2", "CUSTOMERSERVICE_ALERTS_SECRET" => Secret + " 3", _ => null },
            "--crm-webhook", "https://crm.example.com/hook", "--ticket-webhook", "http://localhost:9000/", "--alert-webhook", "https://pager.example.com/hook");

        Assert.Equal((new Uri("https://crm.example.com/hook"), Secret + " 1"), (settings.CrmWebhook!.Address, settings.CrmWebhook.Secret));
        Assert.Equal((new Uri("http://localhost:9000/"), Secret + " 2"), (settings.TicketWebhook!.Address, settings.TicketWebhook.Secret));
        Assert.Equal((new Uri("https://pager.example.com/hook"), Secret + " 3"), (settings.AlertWebhook!.Address, settings.AlertWebhook.Secret));
        Assert.DoesNotContain(Secret, settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crm.example.com", Secret, "takes an address like https://")]
    [InlineData("ftp://crm.example.com", Secret, "must begin with https:// or http://")]
    [InlineData("https://me:word@crm.example.com", Secret, "no user name or password")]
    [InlineData("https://crm.example.com", null, "set the environment variable CUSTOMERSERVICE_CRM_SECRET")]
    [InlineData("https://crm.example.com", "", "set the environment variable CUSTOMERSERVICE_CRM_SECRET")]
    [InlineData("https://crm.example.com", "short", "at least 16 characters")]
    public void WebhookThatCannotBeUsed_IsWrongUse(string address, string? secret, string fix)
    {
        var failure = Assert.Throws<CommandFailedException>(() => Read(name => name == EnvironmentVariables.CrmSecret ? secret : null, "--crm-webhook", address));

        Assert.StartsWith("--crm-webhook ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fix, failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
    }

    private static SiloSettings Read(params string[] args) => Read(_ => null, args);

    private static SiloSettings Read(Func<string, string?> environment, params string[] args)
    {
        var options = new RunOptions();
        var parsed = Parse(options, args);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed, environment);
    }

    private static ParseResult Parse(RunOptions options, string[] args)
    {
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Options.Add(option);
        return command.Parse(args);
    }
}
