using System.Globalization;
using System.Text.Json;
using CustomerService.Bench.Doors;

namespace CustomerService.Bench.Sockets;

/// <param name="From">Sockets at the first reading.</param>
/// <param name="To">Sockets at the second.</param>
/// <param name="Rate">Messages a second.</param>
internal sealed record CrowdPlan(int From, int To, int Rate, int Seconds);

/// <summary>Bytes a socket, of objects and resident.</summary>
internal readonly record struct SocketBytes(double Managed, double Resident);

/// <param name="Idle">A socket whose session has begun and on which nothing was said.</param>
/// <param name="Spoken">The same after one message and its answer.</param>
internal sealed record CrowdFigures(SocketBytes Idle, SocketBytes Spoken, IReadOnlyList<SaidMessage> Said);

/// <summary>One server with its customers, from the first socket to the last answer.</summary>
internal sealed class CrowdRun(ChildProcess door, ChildProcess[] crowds, CrowdPlan plan)
{
    /// <summary>So that the customers' side runs out of nothing before the server does.</summary>
    private const int SocketsEach = 10_000;

    public static async Task<CrowdFigures> RunAsync(CrowdPlan plan, bool isOurs, string texts, CancellationToken cancellation)
    {
        await using var door = await DoorCommand.StartAsync(isOurs ? DoorCommand.Ours : DoorCommand.Bare, null, new Dictionary<string, string>(), cancellation);
        var address = new UriBuilder(door.First) { Scheme = "ws", Path = isOurs ? "/api/chat/socket" : BareSocket.Path }.Uri;
        var crowds = new List<ChildProcess>();
        try
        {
            while (crowds.Count * SocketsEach < plan.To)
                crowds.Add(await CrowdCommand.StartAsync(address, texts, crowds.Count, isOurs, cancellation));
            return await new CrowdRun(door, [.. crowds], plan).MeasureAsync(cancellation);
        }
        finally
        {
            foreach (var crowd in crowds)
                await crowd.DisposeAsync();
        }
    }

    private async Task<CrowdFigures> MeasureAsync(CancellationToken cancellation)
    {
        // Whatever is made once is made now: compiled code, pools, the store's cache.
        await OpenAsync(2 * plan.From, cancellation);
        await AllAsync("say", cancellation);
        await AllAsync("close", cancellation);

        await OpenAsync(plan.From, cancellation);
        var few = await ReadAsync(cancellation);
        await OpenAsync(plan.To - plan.From, cancellation);
        var many = await ReadAsync(cancellation);
        await AllAsync("say", cancellation);
        var spoken = await ReadAsync(cancellation);
        var said = JsonSerializer.Deserialize<List<SaidMessage>>(await crowds[0].AskAsync(Invariant($"pace {plan.Rate} {plan.Seconds}"), cancellation))!;
        return new CrowdFigures(Slope(few, many), Slope(few, spoken), said);
    }

    /// <summary>Before the first reading nobody of those counted has spoken, so what all of them keep is counted for all but the first few.</summary>
    private SocketBytes Slope((long Managed, long Resident) few, (long Managed, long Resident) many) => new(
        (double)(many.Managed - few.Managed) / (plan.To - plan.From), (double)(many.Resident - few.Resident) / (plan.To - plan.From));

    private Task<string[]> OpenAsync(int sockets, CancellationToken cancellation) => Task.WhenAll(crowds.Select(
        (crowd, n) => crowd.AskAsync(Invariant($"open {(sockets / crowds.Length) + (n < sockets % crowds.Length ? 1 : 0)}"), cancellation)));

    private Task<string[]> AllAsync(string what, CancellationToken cancellation) => Task.WhenAll(crowds.Select(crowd => crowd.AskAsync(what, cancellation)));

    private async Task<(long Managed, long Resident)> ReadAsync(CancellationToken cancellation)
    {
        var words = (await door.AskAsync(DoorCommand.Memory, cancellation)).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string Invariant(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
