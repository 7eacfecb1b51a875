using System.Net;
using System.Net.Sockets;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>A small HTTP server on the loopback, for stand-ins of vendors: one function answers everything, and may break off instead.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _serving;

    public LoopbackServer(Func<HttpListenerContext, Task> answer)
    {
        (_listener, Address) = Listen();
        _answer = answer;
        _serving = ServeAsync();
    }

    /// <summary>Without a slash at its end.</summary>
    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    public static async Task WriteAsync(HttpListenerResponse response, int status, string mediaType, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        (response.StatusCode, response.ContentType, response.ContentLength64) = (status, mediaType, bytes.Length);
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }

    /// <summary>Breaks the connection off in the middle of an answer.</summary>
    public static async Task BreakOffAsync(HttpListenerResponse response)
    {
        response.ContentLength64 = 1_000;
        await response.OutputStream.WriteAsync("{"u8.ToArray());
        await response.OutputStream.FlushAsync();
        response.Abort();
    }

    public static async Task<byte[]> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        return body.ToArray();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _answer(context);
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            context.Response.Abort(); // whoever asked has gone
        }
#pragma warning disable CA1031 // Whoever asked shall hear what is wrong, not wait for it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await WriteAsync(context.Response, 500, "text/plain", fault.ToString());
        }
    }

    /// <summary>The listener wants to be told its port; another program may take a free one in between.</summary>
    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                var port = ((IPEndPoint)probe.LocalEndpoint).Port;
                probe.Stop();
                var address = new Uri($"http://127.0.0.1:{port}");
                var listener = new HttpListener { Prefixes = { address.AbsoluteUri } };
                try
                {
                    listener.Start();
                    return (listener, address);
                }
                catch (HttpListenerException) when (attempt < 20)
                {
                    listener.Close();
                }
            }
        }
    }
}
