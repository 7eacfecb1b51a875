using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerService.Integrations.Tests.Webhooks;

/// <summary>A real HTTP server on loopback that keeps what it is sent and answers as told.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener;

    internal Receiver(Action<HttpListenerResponse> answer)
    {
        (_listener, Address) = Listen(tries: 10);
        _ = ServeAsync(answer);
    }

    internal Uri Address { get; }

    internal List<Received> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    // HttpListener cannot choose a free port itself; between finding one and taking it another process may.
    private static (HttpListener, Uri) Listen(int tries)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}/hook/");
        probe.Close();
        var listener = new HttpListener { Prefixes = { address.ToString() } };
        try
        {
            listener.Start();
            return (listener, address);
        }
        catch (HttpListenerException) when (tries > 1)
        {
            return Listen(tries - 1);
        }
    }

    private async Task ServeAsync(Action<HttpListenerResponse> answer)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                lock (Requests)
                    Requests.Add(new Received(context.Request.HttpMethod, new WebHeaderCollection { context.Request.Headers }, body.ToArray()));
                answer(context.Response);
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }

    internal sealed record Received(string Method, WebHeaderCollection Headers, byte[] Body)
    {
        internal string Text => Encoding.UTF8.GetString(Body);
    }
}
