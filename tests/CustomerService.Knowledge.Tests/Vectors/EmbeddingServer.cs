using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Knowledge.Tests.Vectors;

/// <summary>
/// A server that speaks <c>POST /v1/embeddings</c> on a real socket. Its model knows a few things by several names: a text's vector counts how often
/// each is spoken of, whatever the word.
/// </summary>
internal sealed class EmbeddingServer : IAsyncDisposable
{
    private static readonly string[][] Meanings = [["shoe", "footwear", "boots"], ["clean", "polish", "dirty"], ["hat", "headgear", "cap"], ["store", "keep"], ["umbrella", "parasol"]];

    private readonly WebApplication _app;

    private EmbeddingServer(WebApplication app) => _app = app;

    internal ConcurrentBag<string> Texts { get; } = [];

    internal ConcurrentBag<string?> Keys { get; } = [];

    internal bool IsDown { get; set; }

    internal EmbeddingSettings Settings => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1"), "meanings", "secret");

    internal static async Task<EmbeddingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new EmbeddingServer(builder.Build());
        server._app.MapPost("/v1/embeddings", server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        Keys.Add(request.Headers.Authorization);
        if (IsDown)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        var body = await request.ReadFromJsonAsync<Question>();
        foreach (var text in body!.Input)
            Texts.Add(text);
        return Results.Json(new
        {
            @object = "list",
            model = body.Model,
            data = body.Input.Select((text, index) => new { @object = "embedding", index, embedding = Vector(text) }).Reverse(),
        });
    }

    private static float[] Vector(string text) =>
        [0.01f, .. Meanings.Select(names => names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)) ? 1f : 0)];

    private sealed record Question(string Model, string[] Input);
}
