using System.Globalization;
using CustomerService.Bench.Doors;

namespace CustomerService.Bench.Pages;

/// <summary>The users of one server.</summary>
internal sealed class PageCrowd(ChildProcess door, bool isBare = false) : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _address = new(door.First);
    private readonly List<Circuit> _circuits = [];

    /// <summary>So many more, each at a desk of their own.</summary>
    public async Task OpenAsync(int more, CancellationToken cancellation)
    {
        for (var last = _circuits.Count + more; _circuits.Count < last;)
            _circuits.Add(await OpenOneAsync(_circuits.Count, cancellation));
    }

    public async Task CloseAsync()
    {
        foreach (var circuit in _circuits)
            await circuit.DisposeAsync();
        _circuits.Clear();
    }

    public async Task<(long Managed, long Resident)> ReadMemoryAsync(CancellationToken cancellation)
    {
        var words = (await door.AskAsync(PagesDoor.Memory, cancellation)).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    /// <summary>When the text was at the page that shows its conversation; null: it never came.</summary>
    public long? SeenAt(int number) => _circuits.Select(circuit => circuit.Seen.TryGetValue(number, out var at) ? at : (long?)null).FirstOrDefault(at => at is not null);

    /// <summary>Waits until all have come, or for five seconds.</summary>
    public async Task WhenSeenAsync(IEnumerable<int> numbers, CancellationToken cancellation)
    {
        var wanted = numbers.ToHashSet();
        for (var look = 0; look < 50 && !wanted.All(number => SeenAt(number) is not null); look++)
            await Task.Delay(100, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _http.Dispose();
    }

    private async Task<Circuit> OpenOneAsync(int user, CancellationToken cancellation) => isBare
        ? await Circuit.OpenAsync(_http, _address, "", BarePage.Word, cancellation)
        : await Circuit.OpenAsync(
            _http, new Uri(_address, $"console/desk/{PagesDoor.ConversationOf(user)}"), await door.AskAsync($"cookie {user}", cancellation), "I want to talk to a person, please.", cancellation);
}
