using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>The network between a customer and the gateway: it can be cut, with whatever is on its way, and healed.</summary>
internal sealed class BreakableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Uri _gateway;
    private readonly Task _accepting;
    private volatile bool _cut;

    public BreakableLine(Uri gateway)
    {
        _gateway = gateway;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Cut()
    {
        _cut = true;
        foreach (var (socket, _) in _open)
            socket.Close(timeout: 0); // what is on its way is lost
    }

    public void Heal() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                if (_cut)
                    client.Close();
                else
                    _ = CarryAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _open[client] = true;
            await server.ConnectAsync(IPAddress.Loopback, _gateway.Port);
            _open[server] = true;
            using var fromClient = new NetworkStream(client);
            using var fromServer = new NetworkStream(server);
            await Task.WhenAny(fromClient.CopyToAsync(fromServer), fromServer.CopyToAsync(fromClient));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Close();
        }
    }
}
