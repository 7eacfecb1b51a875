using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CustomerService.Bench.Sockets;

/// <summary>Many sockets to one address, from a source address of their own: each of those has about 28,000 ports.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int AtOnce = 64;

    private readonly Uri _address;
    private readonly bool _isChat;
    private readonly string _name;
    private readonly string[] _texts;
    private readonly HttpMessageInvoker _http;
    private readonly List<CrowdSocket> _sockets = [];
    private int _messages;

    public Crowd(Uri address, bool isChat, string name, IPAddress source, string[] texts)
    {
        (_address, _isChat, _name, _texts) = (address, isChat, name, texts);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(source, 0));
                    await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
    }

    public int Count => _sockets.Count;

    public async Task OpenAsync(int more, CancellationToken cancellation)
    {
        var opened = new ConcurrentBag<CrowdSocket>();
        await Parallel.ForEachAsync(Enumerable.Range(0, more), Side(cancellation), async (_, aborted) =>
            opened.Add(await CrowdSocket.OpenAsync(_address, _http, _isChat, cancellation)));
        _sockets.AddRange(opened);
    }

    /// <summary>Each says one message and hears the answer.</summary>
    public Task SayOnceAsync(CancellationToken cancellation) =>
        Parallel.ForEachAsync(_sockets, Side(cancellation), async (socket, _) => await SayAsync(socket, cancellation));

    /// <summary>So many messages a second in turn over all sockets, whether those before are answered or not.</summary>
    public async Task<IReadOnlyList<SaidMessage>> PaceAsync(int perSecond, int seconds, CancellationToken cancellation)
    {
        var said = new List<Task<SaidMessage>>();
        var started = Stopwatch.GetTimestamp();
        var next = 0;
        while (said.Count < perSecond * seconds)
        {
            var due = Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond;
            while (said.Count < Math.Min(due, perSecond * seconds))
            {
                var socket = _sockets[next++ % _sockets.Count];
                if (!socket.IsWithPerson)
                    said.Add(SayAsync(socket, cancellation));
            }

            await Task.Delay(1, cancellation);
        }

        return await Task.WhenAll(said);
    }

    public async Task CloseAsync()
    {
        await Task.WhenAll(_sockets.Select(socket => socket.DisposeAsync().AsTask()));
        _sockets.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _http.Dispose();
    }

    private Task<SaidMessage> SayAsync(CrowdSocket socket, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _messages);
        return socket.SayAsync(string.Create(CultureInfo.InvariantCulture, $"m-{_name}-{number}"), _texts[number % _texts.Length], cancellation);
    }

    private static ParallelOptions Side(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
}
