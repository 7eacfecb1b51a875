using System.Diagnostics;
using System.Globalization;
using System.Net;
using CustomerService.Bench.Doors;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Voice;

namespace CustomerService.Bench.Webhooks;

internal sealed record WebhookPlan(int Messages, int Senders, int Window);

/// <param name="Processor">The server's, in microseconds a message, with what it still had to do after its answer.</param>
internal readonly record struct WebhookPace(double PerSecond, double Processor);

internal sealed record WebhookFigures(IReadOnlyList<WebhookPace> Ours, IReadOnlyList<WebhookPace> Bare, IReadOnlyList<string> Faults);

/// <summary>Sends the same kind of requests to both servers, in turns.</summary>
internal sealed class WebhookRun : IDisposable
{
    private readonly ChildProcess _ours;
    private readonly ChildProcess _bare;
    private readonly WebhookPlan _plan;
    private readonly SignedRequests _requests;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<string> _faults = [];
    private int _made;

    public WebhookRun(ChildProcess ours, ChildProcess bare, ChannelSettings settings, WebhookPlan plan)
    {
        (_ours, _bare, _plan) = (ours, bare, plan);
        _requests = new SignedRequests(settings);
    }

    /// <param name="rounds">Besides the first, which only warms up.</param>
    public async Task<WebhookFigures> MeasureAsync(AccountSettings account, int rounds, CancellationToken cancellation)
    {
        _faults.Clear();
        // A person has each conversation, so that what is measured is the way in and not the assistant.
        await SendAsync(_ours, await MakeAsync(account, _plan.Senders, "I want to speak to a human agent, please"), cancellation);
        await _ours.AskAsync(DoorCommand.Settle, cancellation);

        var (ours, bare) = (new List<WebhookPace>(), new List<WebhookPace>());
        for (var round = -1; round < rounds; round++)
        {
            WebhookPace[] paces = [await OursAsync(account, cancellation), await PaceAsync(_bare, account, cancellation), await PaceAsync(_bare, account, cancellation), await OursAsync(account, cancellation)];
            if (round < 0)
                continue; // It warms up.
            ours.AddRange([paces[0], paces[3]]);
            bare.AddRange([paces[1], paces[2]]);
        }

        return new WebhookFigures(ours, bare, [.. _faults.Distinct()]);
    }

    public void Dispose()
    {
        _requests.Dispose();
        _http.Dispose();
    }

    /// <summary>It counts only if each message was kept once, and none was for the assistant.</summary>
    private async Task<WebhookPace> OursAsync(AccountSettings account, CancellationToken cancellation)
    {
        var before = await KeptAsync(cancellation);
        var pace = await PaceAsync(_ours, account, cancellation);
        var after = await KeptAsync(cancellation);
        var expected = account is VoiceSettings ? 0 : _plan.Messages; // A call begins with a greeting; nothing is said yet.
        if (after.Received - before.Received != expected)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{after.Received - before.Received} messages were kept, not {expected}"));
        if (after.Runs != before.Runs)
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{after.Runs - before.Runs} messages went to the assistant"));
        return pace;
    }

    private async Task<WebhookPace> PaceAsync(ChildProcess server, AccountSettings account, CancellationToken cancellation)
    {
        var requests = await MakeAsync(account, _plan.Messages, "One more thing about my order");
        var used = server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await SendAsync(server, requests, cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await server.AskAsync(DoorCommand.Settle, cancellation);
        return new WebhookPace(_plan.Messages / elapsed.TotalSeconds, (server.ProcessorTime - used).TotalMicroseconds / _plan.Messages);
    }

    private async Task SendAsync(ChildProcess server, IReadOnlyList<SignedRequest> requests, CancellationToken cancellation)
    {
        var door = new Uri(server.First);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = _plan.Window, CancellationToken = cancellation }, async (request, aborted) =>
        {
            using var message = request.To(door);
            using var answer = await _http.SendAsync(message, aborted);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            lock (_faults)
                _faults.Add($"a request was answered {(int)answer.StatusCode}");
        });
    }

    private Task<IReadOnlyList<SignedRequest>> MakeAsync(AccountSettings account, int count, string text) => _requests.MakeAsync(
        account, [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture, $"{text} ({_made++})"))], _plan.Senders);

    private async Task<(long Received, long Runs)> KeptAsync(CancellationToken cancellation)
    {
        var words = (await _ours.AskAsync(DoorCommand.Kept, cancellation)).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
