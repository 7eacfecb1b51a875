using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>Shows the answers in a conversation as they come, whoever writes them and whenever.</summary>
/// <param name="http">Allowed to read conversations.</param>
internal sealed class AnswerFollower(HttpClient http, Action<string> show, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();
    private Task _following = Task.CompletedTask;
    private string? _conversation;

    /// <summary>Waits for the answer to a message, which is shown like all that came before it.</summary>
    /// <returns>Whether it came in time.</returns>
    /// <exception cref="CommandFailedException">The conversation can't be read.</exception>
    public async Task<bool> SeeAnswerAsync(PlayedMessage said, TimeSpan patience, CancellationToken cancellation)
    {
        var answered = _awaited.GetOrAdd(said.Id, _ => new TaskCompletionSource());
        if (said.Conversation != _conversation)
        {
            _conversation = said.Conversation;
            _following = FollowAsync(said);
        }

        var first = await Task.WhenAny(answered.Task, _following, Task.Delay(patience, time, cancellation));
        if (first == _following)
            await _following;
        cancellation.ThrowIfCancellationRequested();
        return answered.Task.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        http.Dispose();
    }

    /// <summary>What was said before the first message of this run is known already.</summary>
    private async Task FollowAsync(PlayedMessage first)
    {
        var (seen, begun) = (0L, false);
        while (!_stop.IsCancellationRequested)
        {
            foreach (var message in await NewsAsync(first.Conversation, seen))
            {
                seen = (long)message!["sequence"]!;
                var isTheirs = (string?)message["author"] == "customer";
                begun |= isTheirs && IsOf(message, "id", first.Id);
                if (!begun || isTheirs)
                    continue;
                show($"{message["author"]}: {message["text"]}");
                foreach (var (_, answered) in _awaited.Where(each => IsOf(message, "inReplyTo", each.Key)))
                    answered.TrySetResult();
            }
        }
    }

    private static bool IsOf(JsonNode message, string key, string id) => ((string?)message[key])?.StartsWith(id, StringComparison.Ordinal) == true;

    private async Task<JsonArray> NewsAsync(string conversation, long after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/conversations/{Uri.EscapeDataString(conversation)}?after={after}&wait=20");
        using var answer = await RunningSystem.SendAsync(http, request, _stop.Token);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return JsonNode.Parse(await answer.Content.ReadAsStringAsync(_stop.Token))!["messages"]!.AsArray();
            // A mail is on its way still.
            case HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                await Task.Delay(TimeSpan.FromSeconds(1), time, _stop.Token);
                return [];
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new CommandFailedException($"{http.BaseAddress} does not take the operators' token; name its folder with --data, or set {EnvironmentVariables.OperatorToken}.");
            case var status:
                throw new CommandFailedException($"{request.RequestUri}: the system answered {(int)status}.");
        }
    }
}
