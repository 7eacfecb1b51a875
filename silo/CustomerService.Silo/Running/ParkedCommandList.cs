using System.Text.Json;
using CustomerService.Gateway.Staff;
using CustomerService.Runtime.Parked;

namespace CustomerService.Silo.Running;

/// <summary>The parked items as the gateway's operators see them.</summary>
internal sealed class ParkedCommandList(IParkedItems parked) : IParkedCommands
{
    public async ValueTask<IReadOnlyList<ParkedCommand>> ListAsync(int limit, CancellationToken cancellation) =>
        [.. (await parked.ListAsync(limit, cancellation)).Select(item => new ParkedCommand(item.Id, item.Grain.ToString(), KindOf(item), item.Reason, item.At))];

    public async ValueTask<bool> RetryAsync(string id, CancellationToken cancellation)
    {
        var retry = await parked.RetryAsync(id, cancellation);
        return retry.Result switch
        {
            ParkedRetryResult.Succeeded => true,
            ParkedRetryResult.NotFound => false,
            _ => throw new Grains.Turns.CommandParkedException(id, $"{id} failed again and stays parked: {retry.Message}"),
        };
    }

    public ValueTask<bool> DropAsync(string id, CancellationToken cancellation) => parked.DropAsync(id, cancellation);

    /// <summary>The command's or work's own name, out of its stored form.</summary>
    public static string KindOf(ParkedItem item)
    {
        using var body = JsonDocument.Parse(item.Body);
        foreach (var part in new[] { "command", "work" })
        {
            if (body.RootElement.TryGetProperty(part, out var inner) && inner.TryGetProperty("$type", out var type))
                return type.GetString() ?? part;
        }

        return "unknown";
    }
}
