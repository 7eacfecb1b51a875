using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Silo.Replay;

/// <summary>Plays customers: sends each message as a chat conversation of its own and waits for what becomes of it.</summary>
internal sealed class Replayer(Uri address, string agentToken, int concurrency)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private int _done;

    public async Task<ReplayReport> RunAsync(IReadOnlyList<ReplayMessage> messages, TextWriter progress, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = concurrency, PooledConnectionLifetime = Timeout.InfiniteTimeSpan };
        using var http = new HttpClient(handler) { BaseAddress = address, Timeout = Patience };
        var results = new ConcurrentBag<ReplayResult>();
        var clock = Stopwatch.StartNew();

        var shown = ShowProgress(messages.Count, progress, cancellation);
        await Parallel.ForEachAsync(
            messages,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation },
            async (message, token) =>
            {
                results.Add(await SendAsync(http, message, token));
                Interlocked.Increment(ref _done);
            });
        var elapsed = clock.Elapsed;
        await shown;
        return new ReplayReport([.. results], elapsed);
    }

    private async Task<ReplayResult> SendAsync(HttpClient http, ReplayMessage message, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var session = await PostAsync(http, $"api/visitors/{message.Key}/session", agentToken, null, cancellation);
            var accepted = await PostAsync(
                http,
                "api/chat/messages",
                session["token"]!.GetValue<string>(),
                new JsonObject { ["conversationId"] = message.Key, ["messageId"] = message.Key, ["text"] = message.Text },
                cancellation);
            while (true)
            {
                var conversation = await GetAsync(http, $"api/conversations/{message.Key}", cancellation);
                if (Outcome(conversation, message, accepted["duplicate"]!.GetValue<bool>(), clock.Elapsed) is { } result)
                    return result;
                if (clock.Elapsed > Patience)
                    return Failure("no outcome within two minutes", clock);

                // Held back until there is something after the customer's own message.
                await GetAsync(http, $"api/conversations/{message.Key}?after=1&wait=30", cancellation);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return Failure(fault.Message, clock);
        }
    }

    /// <summary>Null while the message has neither an answer nor a person.</summary>
    private static ReplayResult? Outcome(JsonNode conversation, ReplayMessage message, bool duplicate, TimeSpan elapsed)
    {
        var lines = conversation["messages"]!.AsArray();
        var answers = lines.Count(l => (string?)l!["inReplyTo"] == message.Key);
        var waits = (string?)conversation["standing"]!["status"] is "queued" or "assigned";
        if (answers == 0 && !waits)
            return null;
        var inside = conversation["internal"];
        return new ReplayResult(
            duplicate,
            waits ? (string?)inside?["queue"] ?? "?" : null,
            answers > 0,
            null,
            (string?)inside?["lastSignals"]?["intent"] ?? "unknown",
            (double?)inside?["lastSignals"]?["sentiment"] ?? 0,
            answers,
            lines.Count(l => (string?)l!["author"] == "customer"),
            elapsed);
    }

    private static ReplayResult Failure(string reason, Stopwatch clock) => new(false, null, false, reason, "unknown", 0, 0, 0, clock.Elapsed);

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, string token, JsonObject? body, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && attempt < 20)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellation);
                continue;
            }

            return await ReadAsync(response, cancellation);
        }
    }

    private async Task<JsonNode> GetAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", agentToken);
        using var response = await http.SendAsync(request, cancellation);
        return await ReadAsync(response, cancellation);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode} from {response.RequestMessage?.RequestUri?.AbsolutePath.Split('/')[2]}");
        return JsonNode.Parse(body) ?? throw new JsonException("an empty answer");
    }

    private async Task ShowProgress(int total, TextWriter progress, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected || total == 0)
            return;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (Volatile.Read(ref _done) < total && await tick.WaitForNextTickAsync(cancellation))
            await progress.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"\r{Volatile.Read(ref _done)} of {total}"));
        await progress.WriteLineAsync();
    }
}
