using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Silo.CommandLine;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Bench.Pages;

/// <summary>A user's page without the browser: it loads the page, opens its circuit, takes each change of the page and says that it was shown, as Blazor's own script does.</summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Circuit(HubConnection connection)
    {
        _connection = connection;
        connection.On<long, byte[]>("JS.RenderBatch", TakeAsync);
        connection.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", (call, function, _, result, _, _) => AnswerAsync(call, function, result));
        connection.On<string>("JS.Error", fault => _drawn.TrySetException(new CommandFailedException($"A page came to grief: {fault}")));
        connection.On<long>("JS.EndUpdateRootComponents", _ => { });
        connection.On<string>("JS.EndInvokeDotNet", _ => { });
    }

    /// <summary>When the text of each numbered message was here, in ticks of <see cref="Stopwatch"/>.</summary>
    public ConcurrentDictionary<int, long> Seen { get; } = [];

    /// <summary>Ends when the page shows that it is there.</summary>
    /// <param name="cookie">Of who is signed in; empty for nobody.</param>
    /// <param name="sign">A text of the page.</param>
    public static async Task<Circuit> OpenAsync(HttpClient http, Uri page, string cookie, string sign, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        if (cookie.Length > 0)
            request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, cancellation);
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
        var markers = Marker().Matches(html).Select(match => JsonNode.Parse(WebUtility.HtmlDecode(match.Groups[1].Value))!).ToList();
        var operations = new JsonArray([.. markers.Select((marker, at) => (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = at + 1, ["marker"] = marker })]);
        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";

        var builder = new HubConnectionBuilder().WithUrl(new Uri(page, "/_blazor"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            if (cookie.Length > 0)
                options.Headers["Cookie"] = cookie;
        });
        builder.Services.AddSingleton<Microsoft.AspNetCore.SignalR.Protocol.IHubProtocol>(new BlazorPack());
        var circuit = new Circuit(builder.Build()) { Sign = System.Text.Encoding.UTF8.GetBytes(sign) };
        await circuit._connection.StartAsync(cancellation);
        var secret = await circuit._connection.InvokeAsync<string?>("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", state, cancellation);
        if (secret is null)
            throw new CommandFailedException($"{page}: the server opened no circuit.");
        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = operations };
        await circuit._connection.SendAsync("UpdateRootComponents", batch.ToJsonString(), state, cancellation);
        await circuit._drawn.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        return circuit;
    }

    private byte[] Sign { get; init; } = [];

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task TakeAsync(long id, byte[] batch)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var number in NumberedText.In(batch))
            Seen.TryAdd(number, now);
        await _connection.SendAsync("OnRenderCompleted", id, null);
        if (!_drawn.Task.IsCompleted && batch.AsSpan().IndexOf(Sign) >= 0)
            _drawn.TrySetResult();
    }

    /// <summary>What a script's function gives back is nothing, or a thing that exists; what is folded away in this browser is nothing either, but has to be said.</summary>
    private Task AnswerAsync(long call, string function, int result)
    {
        const int Reference = 1;
        if (call == 0)
            return Task.CompletedTask; // Nobody waits for it.
        var value = result == Reference ? """{"__jsObjectId":1}""" : function.EndsWith(".folds", StringComparison.Ordinal) ? "{}" : "null";
        return _connection.SendAsync("EndInvokeJSFromDotNet", call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{value}]"));
    }

    [GeneratedRegex("<!--Blazor:({.*?})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State();
}

/// <summary>Texts that are known again in what is sent to a page: <c>update 00042.</c></summary>
internal static class NumberedText
{
    private const int Digits = 6;
    private static readonly byte[] Begin = "update "u8.ToArray();

    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"update {number:000000}.");

    public static IEnumerable<int> In(byte[] batch)
    {
        for (var at = 0; batch.AsSpan(at).IndexOf(Begin) is >= 0 and var next;)
        {
            at += next + Begin.Length;
            if (at + Digits <= batch.Length && int.TryParse(batch.AsSpan(at, Digits), CultureInfo.InvariantCulture, out var number))
                yield return number;
        }
    }
}
