using System.CommandLine;
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
        var system = new WhichSystem();
        var list = new Command("list", "List them, the oldest first.").With(system.Options);
        list.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await system.OpenAsync(parsed, cancellation);
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
        var system = new WhichSystem();
        var console = new ConsoleFlags();
        var command = new Command(verb, description) { id }.With([.. system.Options, .. console.Options]);
        command.SetAction(async (parsed, cancellation) =>
        {
            var item = parsed.GetRequiredValue(id);
            Console.WriteLine((console.Url(parsed), system.Database(parsed)) switch
            {
                ({ } url, _) => await AskAsync(url, await console.TokenAsync(parsed, system, cancellation), item, verb, cancellation),
                (null, { } database) => throw new CommandFailedException(
                    $"parked {verb} in a cluster is done by one of its consoles: name it with --url http://host:port, beside --database {database}.", SiloCommandLine.WrongUse),
                _ => await InFolderAsync(DataFolder.Existing(system.Folder(parsed)), item, verb, cancellation),
            });
            return 0;
        });
        return command;
    }

    private static async Task<string> AskAsync(Uri url, string token, string id, string verb, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(url, token, id, verb, cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFailedException($"{url}: nobody answers there ({fault.Message}).");
        }
    }

    /// <summary>By the system that runs on this folder; here where none does.</summary>
    private static async Task<string> InFolderAsync(DataFolder folder, string id, string verb, CancellationToken cancellation)
    {
        if (folder.Announced() is { } running)
        {
            try
            {
                return await SendAsync(running, folder.OperatorToken(), id, verb, cancellation);
            }
            catch (HttpRequestException)
            {
                // It has ended without a word.
            }
        }

        return await DoHereAsync(folder, id, verb, cancellation);
    }

    private static async Task<string> SendAsync(Uri address, string token, string id, string verb, CancellationToken cancellation)
    {
        using var console = new RunningConsole(address, token);
        await console.SendAsync(HttpMethod.Post, $"api/operations/parked/{Uri.EscapeDataString(id)}/{verb}", cancellation);
        return $"{id}: {verb} done.";
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
