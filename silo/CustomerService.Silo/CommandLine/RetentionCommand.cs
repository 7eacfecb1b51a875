using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Grains.Retention;
using CustomerService.Pipelines.Definitions;
using CustomerService.Reporting.Retention;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Retention;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>retention check|run</c>: what the rules would erase, and a run now.</summary>
internal static class RetentionCommand
{
    public static Command Create() => new("retention", "How long conversations are kept; what is older is erased.") { CreateCheck(), CreateRun() };

    private static Command CreateCheck()
    {
        var file = new Argument<FileInfo?>("FILE") { Description = "The rules. Default: the retention.yaml that is in use.", Arity = ArgumentArity.ZeroOrOne };
        var content = CommonOptions.Content();
        var system = new WhichSystem();
        var check = new Command("check", "Check the rules, and show what they would erase now; nothing is erased by that.") { file }.With([content, .. system.Options]);
        check.SetAction(async (parsed, cancellation) =>
        {
            if (Read(parsed.GetValue(file)?.FullName ?? ContentFolder.Find(parsed.GetValue(content)).Retention, parsed.GetValue(file) is not null) is not { } rules)
                return SiloCommandLine.Failed;
            Console.WriteLine(rules);
            if (rules.KeepsEverything)
            {
                Console.WriteLine("Everything is kept; nothing is erased.");
                return 0;
            }

            await using var store = await system.OpenAsync(parsed, cancellation);
            var records = await system.ExistingRecordsAsync(parsed, cancellation);
            await using var closing = records as IAsyncDisposable;
            var list = await ConversationsListCommand.OpenAsync(store, records, cancellation);
            var parked = new ParkedOfConversations(async ending => (await store.Reader.ReadParkedAsync(ParkedOfConversations.MostRead, ending)).Select(item => item.Grain.ToString()));
            Show(await new RetentionPreviews(list, new DueConversations(list, store.Grains, parked), TimeProvider.System).LookAsync(rules, cancellation));
            return 0;
        });
        return check;
    }

    private static Command CreateRun()
    {
        var system = new WhichSystem();
        var console = new ConsoleFlags();
        var sure = new Option<bool>("--yes") { Description = "Really: what is erased can't be had back." };
        var run = new Command("run", "Have the system that runs erase now what is older than it is kept.") { sure }.With([.. system.Options, .. console.Options]);
        run.SetAction(async (parsed, cancellation) =>
        {
            using var running = await console.OpenAsync(parsed, system, "retention run", cancellation);
            var report = JsonNode.Parse(await running.SendAsync(HttpMethod.Get, "api/retention", cancellation))!;
            var erased = report["next"]!.AsArray().Sum(each => each!["erased"]!.GetValue<int>());
            if (!parsed.GetValue(sure))
                throw new CommandFailedException($"{erased} conversations would be erased for good by '{report["rules"]}'. Look at them with 'retention check', then say --yes.", SiloCommandLine.WrongUse);
            await running.SendAsync(HttpMethod.Post, "api/retention/run", cancellation, JsonSerializer.Serialize(new { by = "command-line" }));
            Console.WriteLine($"A run begins; about {erased} conversations are erased. How it goes: /console/retention, or GET /api/retention.");
            return 0;
        });
        return run;
    }

    /// <returns>Null: it can't be used; that is told.</returns>
    private static RetentionRules? Read(string path, bool isNamed)
    {
        if (isNamed && !File.Exists(path))
            throw new CommandFailedException($"{path}: there is no such file.", SiloCommandLine.WrongUse);
        try
        {
            return File.Exists(path) ? RetentionFile.Parse(File.ReadAllText(path), path) : RetentionRules.Forever;
        }
        catch (PipelineFormatException wrong)
        {
            Console.WriteLine(wrong.Message);
            return null;
        }
    }

    private static void Show(RetentionPreview preview)
    {
        foreach (var channel in preview.Channels)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {channel.Channel,-8} kept {channel.Keep,-8} {channel.Erased,7} to be erased{(channel.Oldest is { } oldest ? $", the oldest of {oldest.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "")}"));
        foreach (var left in preview.LeftOnes)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  left: {left.ConversationId}  {left.Channel}  {left.LastMessageAt.UtcDateTime:yyyy-MM-dd}  {left.Why}{(left.HeldBy is { } by ? $" by {by}: {left.HeldFor}" : "")}"));
        Console.WriteLine($"{preview.Erased} would be erased, {preview.Left.Values.Sum()} left{(preview.IsWhole ? "" : "; only the oldest were looked at one by one")}.");
    }
}
