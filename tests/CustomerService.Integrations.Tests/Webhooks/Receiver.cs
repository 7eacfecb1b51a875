using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerService.Integrations.Tests.Webhooks;

/// <summary>A real HTTP server on loopback that keeps what it is sent and answers as told.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();

    internal Receiver(Action<HttpListenerResponse> answer)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/");
        }
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync(answer);
    }

    internal Uri Address { get; }

    internal List<Received> Requests { get; } = [];

    public void Dispose() => _listener.Close();

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
