using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using CustomerService.Grains.Orleans;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Stores.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace CustomerService.Bench.Silos;

/// <summary>One silo of several, in a process of its own that whoever started it steers by lines: "hops" tells how many calls it sent to others so far, the end of the input ends it.</summary>
/// <param name="PrimaryPort">Of the silo that keeps the list of silos.</param>
internal sealed record SiloWorker(string ConnectionString, int SiloPort, int ClientPort, int PrimaryPort)
{
    public const string Ready = "ready";
    public const string Hops = "hops";

    public async Task RunAsync(Func<IGrainClient, IEnumerable<IWorkPerformer>> performers, int workers, TextReader input, TextWriter output)
    {
        long hops = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "orleans-messaging-sent-messages-size")
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) =>
        {
            if (Has(tags, "ConnectionDirection", "SiloToSilo") && Has(tags, "MessageDirection", "Request"))
                Interlocked.Increment(ref hops);
        });
        listener.Start();

        var options = new OrleansOptions();
        ISharedGrainStore? store = null;
        using var host = await SiloProcess.StartAsync(
            silo =>
            {
                silo.Services.AddSingleton<ISharedGrainStore>(_ => store!);
                silo.AddCustomerServiceGrains(options with { Work = options.Work with { Workers = workers } }, (_, grains) => performers(grains));
            },
            async services => store = await PostgreSqlStore.OpenAsync(ConnectionString, services.GetRequiredService<IHostRoster>().Me),
            silo => silo.UseLocalhostClustering(SiloPort, ClientPort, new IPEndPoint(IPAddress.Loopback, PrimaryPort), "bench", "bench"));
        await output.WriteLineAsync(Ready);
        await output.FlushAsync();
        while (await input.ReadLineAsync() is { } line)
        {
            if (line != Hops)
                continue;
            await output.WriteLineAsync(Interlocked.Read(ref hops).ToString(CultureInfo.InvariantCulture));
            await output.FlushAsync();
        }

        await host.StopAsync();
    }

    private static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key, string value)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == key)
                return value.Equals(tag.Value);
        }

        return false;
    }
}
