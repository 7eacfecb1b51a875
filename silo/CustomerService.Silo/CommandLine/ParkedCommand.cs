using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CustomerService.Grains;
using CustomerService.Runtime.InProcess;
using CustomerService.Runtime.Parked;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>parked list|retry|drop</c>: what could not be handled.</summary>
internal static class ParkedCommand
{
    private const int MostListed = 1000;

    public static Command Create()
    {
        var command = new Command("parked", "Commands and work that could not be handled, kept with their reason.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateOne("retry", "Try one again; when it succeeds it is no longer parked."));
        command.Subcommands.Add(CreateOne("drop", "Give one up for good."));
        return command;
    }

    private static Command CreateList()
    {
        var data = CommonOptions.Data();
        var list = new Command("list", "List them, the oldest first.") { data };
        list.SetAction(async (parsed, cancellation) =>
        {
            await using var store = StoredSystem.Open(parsed.GetValue(data)!);
            var items = await store.Reader.ReadParkedAsync(MostListed, cancellation);
            foreach (var item in items)
                Console.WriteLine($"{item.Id}  {item.At:yyyy-MM-dd HH:mm:ss}  {item.Grain}  {ParkedCommandList.KindOf(item)}\n    {item.Reason}");
            Console.WriteLine(items.Count == 0 ? "Nothing is parked." : $"{items.Count} parked.");
            return 0;
        });
        return list;
    }

    private static Command CreateOne(string verb, string description)
    {
        var id = new Argument<string>("ID") { Description = "The id that 'parked list' shows." };
        var data = CommonOptions.Data();
        var command = new Command(verb, description) { id, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = DataFolder.Existing(parsed.GetValue(data)!);
            var item = parsed.GetRequiredValue(id);
            Console.WriteLine(folder.Announced() is { } running && await AskRunningAsync(running, folder, item, verb, cancellation) is { } answer
                ? answer
                : await DoHereAsync(folder, item, verb, cancellation));
            return 0;
        });
        return command;
    }

    /// <summary>Has the system that runs on this folder do it; null when none answers.</summary>
    private static async Task<string?> AskRunningAsync(Uri address, DataFolder folder, string id, string verb, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", folder.OperatorToken());
        try
        {
            using var response = await http.PostAsync($"api/operations/parked/{Uri.EscapeDataString(id)}/{verb}", null, cancellation);
            if (response.IsSuccessStatusCode)
                return $"{id}: {verb} done.";
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation));
            throw new CommandFailedException((string?)problem?["detail"] ?? $"{id}: the running system answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<string> DoHereAsync(DataFolder folder, string id, string verb, CancellationToken cancellation)
    {
        try
        {
            await using var store = SqliteStore.Open(folder.Path);
            var settings = new SiloSettings { DataFolder = folder.Path, Content = ContentFolder.Find(null), Quiet = true };
            using var logs = LoggerFactory.Create(logging => logging.ForSilo(settings));
            await using var holder = new PipelineHolder();
            using var host = new InProcessHost(GrainCatalog.All, store, grains =>
            [
                new PipelineRunPerformer(grains, holder.Hold(PipelineParts.Compose(grains, settings, folder, logs, TimeProvider.System)), settings, TimeProvider.System),
            ]);
            if (verb == "drop")
                return await host.Parked.DropAsync(id, cancellation) ? $"{id}: dropped." : throw new CommandFailedException($"Nothing is parked as {id}.");
            await host.StartAsync(cancellation);
            var retry = await host.Parked.RetryAsync(id, cancellation);
            await host.StopAsync(cancellation);
            return retry.Result == ParkedRetryResult.Succeeded ? $"{id}: carried out." : throw new CommandFailedException(retry.Message);
        }
        catch (StoreOpenException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }
}
