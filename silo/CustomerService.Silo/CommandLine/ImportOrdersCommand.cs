using System.CommandLine;
using CustomerService.Integrations.Orders;
using CustomerService.Integrations.Orders.Import;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>import-orders FILE</c>: fills the embedded order system.</summary>
internal static class ImportOrdersCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A JSON file with products, users and orders; docs/recipes/import-orders.md shows its shape." };
        var data = CommonOptions.Data();
        var command = new Command("import-orders", "Fill the embedded order system from a JSON file. Can be repeated; a bad file imports nothing.") { file, data };
        command.SetAction((parsed, cancellation) => Task.FromResult(Import(parsed.GetRequiredFile(file), parsed.GetValue(data)!, cancellation)));
        return command;
    }

    private static int Import(string path, string folder, CancellationToken cancellation)
    {
        try
        {
            using var orders = new SqliteOrderSystem(DataFolder.Create(folder).Orders);
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
