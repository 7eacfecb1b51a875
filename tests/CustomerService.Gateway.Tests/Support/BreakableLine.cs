using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CustomerService.Gateway.Tests.Support;

/// <summary>The network between a customer and the gateway: it can be cut, with whatever is on its way, and healed.</summary>
internal sealed class BreakableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
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
        foreach (var (client, _) in _open)
        {
            client.LingerState = new LingerOption(true, 0); // what is on its way is lost
            client.Close();
        }
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
                var client = await _listener.AcceptTcpClientAsync();
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

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            _open[client] = true;
            await server.ConnectAsync(IPAddress.Loopback, _gateway.Port);
            _open[server] = true;
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
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
