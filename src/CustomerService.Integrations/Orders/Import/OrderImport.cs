using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using CustomerService.Integrations.Orders.Import;

namespace CustomerService.Integrations.Orders;

/// <param name="Records">Read until now.</param>
/// <param name="BytesRead">Read until now.</param>
/// <param name="TotalBytes">The file's size.</param>
public readonly record struct OrderImportProgress(long Records, long BytesRead, long TotalBytes);

/// <summary>What an import did, by kind of record.</summary>
public sealed record OrderImportResult(ImportCounts Products, ImportCounts Customers, ImportCounts Orders);

/// <param name="Added">New ones.</param>
/// <param name="Changed">Known ones that differ from the file.</param>
/// <param name="Unchanged">Known ones that are as in the file.</param>
public readonly record struct ImportCounts(int Added, int Changed, int Unchanged)
{
    public int Total => Added + Changed + Unchanged;
}

/// <summary>
/// Fills the order system from a JSON file: an object with <c>products</c>, <c>users</c> and <c>orders</c>, each mapping
/// ids to records. The whole file is taken in one transaction or not at all; importing it again changes nothing.
/// Records that the file does not have stay.
/// </summary>
public sealed class OrderImport(StoredOrders orders)
{
    private const int MostProblems = 20;
    private const int RecordsPerReport = 250;

    /// <param name="path">The JSON file.</param>
    /// <param name="progress">Told every few hundred records and at the end.</param>
    /// <param name="cancellation">Ends the import; nothing is imported then.</param>
    /// <exception cref="OrderImportException">The file is bad. Nothing was imported.</exception>
    /// <exception cref="OrderSystemException">The database cannot be written.</exception>
    public OrderImportResult Run(string path, IProgress<OrderImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (connection, transaction) = orders.BeginImport();
            using var closing = connection;
            using var undoing = transaction;
            using var writer = new OrderWriter(connection, transaction);
            ReadAll(path, file, writer, progress, cancellation);
            transaction.Commit();
            return writer.Result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OrderImportException(path, [$"1: the file cannot be read ({error.Message.TrimEnd('.')}); check its name and rights."], error);
        }
        catch (DbException error)
        {
            throw orders.WhileWriting(error);
        }
    }

    private static void ReadAll(string path, FileStream file, OrderWriter writer, IProgress<OrderImportProgress>? progress, CancellationToken cancellation)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        using var records = new JsonRecords(file);
        var count = 0L;
        try
        {
            while (problems.Count < MostProblems && records.Next() is { } record)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Take(record, writer) is { } problem)
                    problems.Add(problem);
                if (++count % RecordsPerReport == 0)
                    progress?.Report(new OrderImportProgress(count, records.BytesRead, file.Length));
            }
        }
        catch (JsonException error)
        {
            problems.Add($"{(error.LineNumber ?? 0) + 1}: {Reason(error)}");
            throw new OrderImportException(path, problems.ToImmutable(), error);
        }
        if (problems.Count == 0)
            problems.AddRange(writer.Contradictions().Take(MostProblems));
        if (problems.Count == 0 && count == 0)
            problems.Add("1: the file has no record; it needs 'products', 'users' and 'orders'.");
        if (problems.Count > 0)
            throw new OrderImportException(path, problems.ToImmutable());
        progress?.Report(new OrderImportProgress(count, records.BytesRead, file.Length));
    }

    private static string? Take(JsonRecord record, OrderWriter writer)
    {
        var place = $"$.{record.Section}['{record.Key}']";
        try
        {
            switch (record.Section)
            {
                case "products":
                    writer.Write(RetailRecords.Product(record.Value, place));
                    return null;
                case "users":
                    writer.Write(RetailRecords.Customer(record.Value, place), record.Line);
                    return null;
                case "orders":
                    writer.Write(RetailRecords.Order(record.Value, place), record.Line);
                    return null;
                default:
                    return $"{record.Line}: unknown section '{record.Section}'; known are products, users and orders.";
            }
        }
        catch (RecordFormatException error)
        {
            return $"{record.Line}: {error.Message}; correct it in the record that begins on this line.";
        }
    }

    // What System.Text.Json says carries its own account of the place, in another form than ours.
    private static string Reason(JsonException error) =>
        error.BytePositionInLine is { } column
            ? $"column {column + 1}: this is not valid JSON; {error.Message.Split(" LineNumber:", 2)[0].TrimEnd('.', ' ')}."
            : error.Message;
}
