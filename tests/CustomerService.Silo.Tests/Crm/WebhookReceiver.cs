using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerService.Silo.Tests.Crm;

/// <summary>What arrived: its key, what it is, and its body.</summary>
internal sealed record Received(string Key, string Event, string Body)
{
    public string? this[string name] => (string?)JsonNode.Parse(Body)![name];
}

/// <summary>An outside system: a real HTTP server on loopback that checks each signature, keeps what came, and answers as told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "a secret of enough length";

    private readonly WebApplication _app;
    private readonly Func<Received, HttpResponse, Task> _answer;
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource<ImmutableArray<Received>> Waiter)> _waiters = [];
    private ImmutableArray<Received> _all = [];

    private WebhookReceiver(WebApplication app, Func<Received, HttpResponse, Task> answer)
    {
        (_app, _answer) = (app, answer);
        app.Run(TakeAsync);
    }

    public Uri Address => new(_app.Urls.Single() + "/hook");

    public ImmutableArray<Received> All
    {
        get
        {
            lock (_lock)
                return _all;
        }
    }

    public static Task<WebhookReceiver> StartAsync() => StartAsync((_, _) => Task.CompletedTask);

    public static Task<WebhookReceiver> StartAsync(Action<Received, HttpResponse> answer) => StartAsync((received, response) =>
    {
        answer(received, response);
        return Task.CompletedTask;
    });

    public static async Task<WebhookReceiver> StartAsync(Func<Received, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build(), answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The first so many; waits until they have come.</summary>
    public async Task<ImmutableArray<Received>> FirstAsync(int count)
    {
        var waiter = new TaskCompletionSource<ImmutableArray<Received>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((count, waiter));
            Release();
        }

        try
        {
            return (await waiter.Task.WaitAsync(TimeSpan.FromSeconds(60)))[..count];
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The receiver has got {All.Length} of {count} events: {string.Join(", ", All.Select(each => each.Key))}.");
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        if (!IsGenuine(headers["X-CustomerService-Signature"].ToString(), body.ToArray()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var received = new Received(headers["Idempotency-Key"].ToString(), headers["X-CustomerService-Event"].ToString(), Encoding.UTF8.GetString(body.ToArray()));
        lock (_lock)
        {
            _all = _all.Add(received);
            Release();
        }

        await _answer(received, context.Response);
    }

    private void Release()
    {
        foreach (var (count, waiter) in _waiters.Where(each => each.Count <= _all.Length))
            waiter.TrySetResult(_all);
    }

    // What a receiver does, written from the documentation rather than with our own code.
    private static bool IsGenuine(string header, byte[] body)
    {
        var parts = header.Split(',').Select(part => part.Split('=')).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1]);
        if (!parts.TryGetValue("t", out var at) || !parts.TryGetValue("v1", out var signature))
            return false;
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes(at + "."), .. body]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.ASCII.GetBytes(signature));
    }
}
