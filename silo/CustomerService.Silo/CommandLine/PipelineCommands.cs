using System.CommandLine;
using System.Text.Json;
using CustomerService.Grains;
using CustomerService.Pipelines.Expressions;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Owners;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>pipeline check</c> and <c>pipeline run</c>: a pipeline before it meets customers.</summary>
internal static class PipelineCommands
{
    public static Command Create()
    {
        var command = new Command("pipeline", "Check a pipeline file, or run it once.");
        command.Subcommands.Add(CreateCheck());
        command.Subcommands.Add(CreateRun());
        return command;
    }

    private static Command CreateCheck()
    {
        var file = File();
        var content = CommonOptions.Content();
        var command = new Command("check", "Check everything that can be known before a message comes; show the plan.") { file, content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(file);
            return await WithPartsAsync(parsed.GetValue(content), parts =>
            {
                var report = parts.Checker.CheckFile(path);
                Console.WriteLine(report.ToString());
                return Task.FromResult(report.Plan is null ? SiloCommandLine.Failed : 0);
            });
        });
        return command;
    }

    private static Command CreateRun()
    {
        var file = File();
        var input = new Option<string>("--input") { Description = "The inputs as a JSON object, such as '{\"content\":\"Where is my order?\"}'; @FILE reads them from a file.", Required = true, HelpName = "JSON" };
        var data = new Option<string?>("--data") { Description = "The folder with the orders to answer from. Default: none.", HelpName = "DIR" };
        var content = CommonOptions.Content();
        var command = new Command("run", "Run a pipeline once, with every action real, and print what each task did. Nothing is sent or stored.") { file, input, data, content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(file);
            var inputs = Inputs(parsed.GetValue(input)!);
            var settings = new SiloSettings { DataFolder = SiloSettings.DefaultDataFolder, Content = ContentFolder.Find(parsed.GetValue(content)), Quiet = true };
            using var logs = LoggerFactory.Create(logging => logging.ForSilo(settings));
            try
            {
                var (result, outcome) = await PipelineTrial.PlayAsync(settings, parsed.GetValue(data), logs, TimeProvider.System, parts => parts.Checker.CheckFile(path), inputs, cancellation);
                Console.Write(result.Trace.ToString());
                Console.WriteLine();
                Console.WriteLine($"resolution  {outcome.ResolutionType}");
                if (outcome.Handoff is { } handoff)
                    Console.WriteLine($"handoff     {handoff.Queue}, priority {handoff.Priority}: {handoff.Reason}");
                Console.WriteLine($"answer      {outcome.Answer?.Text}");
                return result.Failure is null ? 0 : SiloCommandLine.Failed;
            }
            catch (Exception fault) when (ContentFaults.Recognise(fault) is { } known)
            {
                throw known;
            }
        });
        return command;
    }

    private static Argument<FileInfo> File() => new("FILE") { Description = "The pipeline's YAML file." };

    private static IReadOnlyDictionary<string, object?> Inputs(string text)
    {
        try
        {
            if (text.StartsWith('@'))
                text = System.IO.File.ReadAllText(text[1..]);
            using var json = JsonDocument.Parse(text);
            return PlainJson.Read(json.RootElement) as IReadOnlyDictionary<string, object?>
                ?? throw new CommandFailedException("--input must be a JSON object: {\"content\":\"…\"}.", SiloCommandLine.WrongUse);
        }
        catch (JsonException fault)
        {
            throw new CommandFailedException($"--input is no JSON: {fault.Message}", SiloCommandLine.WrongUse);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--input: {fault.Message}", SiloCommandLine.WrongUse);
        }
    }

    /// <summary>Runs on grains of a throw-away store, so that nothing is left behind.</summary>
    private static async Task<int> WithPartsAsync(string? content, Func<PipelineParts, Task<int>> command)
    {
        using var temporary = new TemporaryFolder();
        var settings = new SiloSettings { DataFolder = temporary.Path, Content = ContentFolder.Find(content), Quiet = true };
        using var logs = LoggerFactory.Create(logging => logging.ForSilo(settings));
        await using var store = SqliteStore.Open(temporary.Path);
        using var host = new InProcessHost(GrainCatalog.All, store);
        await host.StartAsync();
        try
        {
            await using var parts = PipelineParts.Compose(host.Inside, settings, new DataFolder(temporary.Path), logs, TimeProvider.System);
            return await command(parts);
        }
        catch (Exception fault) when (ContentFaults.Recognise(fault) is { } known)
        {
            throw known;
        }
        finally
        {
            await host.StopAsync();
        }
    }
}
