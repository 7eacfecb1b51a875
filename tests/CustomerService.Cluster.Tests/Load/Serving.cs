using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Processes;

namespace CustomerService.Cluster.Tests.Load;

/// <summary>An agent's program at the console: accepts what is offered, replies once to each conversation and resolves it. It comes back when its socket breaks.</summary>
internal sealed class Serving(Func<Door> console, History history, TimeProvider time, string agent)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes the agent known, as often as it takes.</summary>
    public Task ConfigureAsync(IEnumerable<string> queues, int capacity, CancellationToken cancellation)
    {
        var settings = new JsonObject { ["name"] = agent, ["queues"] = new JsonArray([.. queues.Select(queue => (JsonNode)queue)]), ["skills"] = new JsonArray(), ["capacity"] = capacity };
        return InsistAsync(HttpMethod.Put, $"api/agents/{agent}", settings, cancellation);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using var frames = await Frames.OpenAsync(console().Socket($"/api/agents/{agent}/socket"), "agent.v1", console().AgentToken, cancellation);
                await frames.SendAsync(new JsonObject { ["type"] = "presence", ["id"] = "here", ["presence"] = "available" }, cancellation);
                while (await frames.ReadAsync(cancellation) is { } frame)
                {
                    // Whatever else it is told, the desk says what there is to do; doing a thing twice changes nothing.
                    if ((string?)frame["type"] == "desk")
                        await WorkAsync(frames, frame["desk"]!.AsObject(), cancellation);
                }
            }
            catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                // The console, or the way to it, is gone; or the run is over.
            }

            await Task.Delay(Pause, time, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task WorkAsync(Frames frames, JsonObject desk, CancellationToken cancellation)
    {
        foreach (var offer in desk["offers"]!.AsArray().Where(offer => offer!["claimed"]?.GetValue<bool>() is not true).Select(offer => (string)offer!["offerId"]!))
            await frames.SendAsync(new JsonObject { ["type"] = "accept", ["id"] = offer.Replace('#', '-'), ["offer"] = offer }, cancellation);
        foreach (var held in desk["work"]!.AsArray())
        {
            var (conversation, offer) = ((string)held!["conversationId"]!, (string)held["offerId"]!);
            var reply = $"reply-{offer.Replace('#', '-')}";
            var body = new JsonObject { ["agentId"] = agent, ["messageId"] = reply, ["text"] = "I will see to it." };
            if (await InsistAsync(HttpMethod.Post, $"api/conversations/{conversation}/replies", body, cancellation))
                history.Add(DeedKind.ReplyAcknowledged, conversation, reply);
            await InsistAsync(HttpMethod.Post, $"api/conversations/{conversation}/resolve", new JsonObject { ["agentId"] = agent }, cancellation);
        }
    }

    /// <returns>False when it was refused: somebody else has it by now, or the assignment is still on its way.</returns>
    private async Task<bool> InsistAsync(HttpMethod method, string path, JsonObject body, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
                using var response = await console().Http.SendAsync(request, cancellation);
                if (response.IsSuccessStatusCode)
                    return true;
                if ((int)response.StatusCode is >= 400 and < 500 and not 429)
                    return false;
            }
            catch (Exception fault) when (Conversing.IsOfTheMoment(fault, cancellation))
            {
                // Again, with the same words.
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }
}
