using System.CommandLine;
using CustomerService.Integrations.Orders;
using CustomerService.Integrations.Orders.Import;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>import-orders FILE</c>: fills the order system that comes with the program.</summary>
internal static class ImportOrdersCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A JSON file with products, users and orders; docs/recipes/import-orders.md shows its shape." };
        var system = new WhichSystem();
        var command = new Command("import-orders", "Fill the order system that comes with the program from a JSON file. Can be repeated; a bad file imports nothing.") { file }.With(system.Options);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredFile(file);
            var records = await system.RecordsAsync(parsed, cancellation);
            await using var closing = records as IAsyncDisposable;
            return Import(path, records, cancellation);
        });
        return command;
    }

    private static int Import(string path, ISystemRecords records, CancellationToken cancellation)
    {
        try
        {
            var orders = records.OpenOrders();
            using var closing = orders as IDisposable;
            var progress = new ProgressLine("imported");
            var result = new OrderImport(orders).Run(path, progress.Of<OrderImportProgress>(p => $"{p.Records} records, {100 * p.BytesRead / Math.Max(1, p.TotalBytes)} %"), cancellation);
            progress.End();
            Show("products", result.Products);
            Show("customers", result.Customers);
            Show("orders", result.Orders);
            return 0;
        }
        catch (Exception fault) when (fault is OrderImportException or OrderSystemException)
        {
            throw new CommandFailedException(fault.Message);
        }

        static void Show(string name, ImportCounts counts) =>
            Console.WriteLine($"{name,-10} {counts.Total,7}  ({counts.Added} new, {counts.Changed} changed, {counts.Unchanged} as before)");
    }
}
