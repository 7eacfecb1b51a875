using CustomerService.Integrations.Orders;
using CustomerService.Pipelines.Routing;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Demo;

/// <summary>The demo's own copy of what owners edit, and its shop's orders.</summary>
internal static class DemoContent
{
    /// <summary>What ships, copied at the first start so that it can be edited; the channels are the demo's.</summary>
    public static ContentFolder Prepare(string folder, string channels)
    {
        var ours = ContentFolder.Find(named: null).Path;
        if (!Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(ours, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(ours, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        var content = ContentFolder.Find(folder);
        File.WriteAllText(content.Channels, channels);
        return content;
    }

    /// <summary>The same again changes nothing; what customers changed since begins anew.</summary>
    public static void ImportOrders(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(data, "orders.json");
        using (var sample = DemoStories.OpenSample("orders.json"))
        using (var copy = File.Create(file))
            sample.CopyTo(copy);
        var orders = DataFolder.Create(data).OpenOrders();
        using var closing = orders as IDisposable;
        new OrderImport(orders).Run(file, cancellation: cancellation);
    }

    /// <summary>All queues, so that somebody serves each.</summary>
    public static IReadOnlyCollection<string> Queues(ContentFolder content) => [.. RoutingRulesFile.Parse(File.ReadAllText(content.Routing), content.Routing).QueueNames];
}
