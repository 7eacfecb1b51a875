using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Cluster.Tests.Checking;

namespace CustomerService.Cluster.Tests.Load;

/// <summary>A customer's program at the gateway: sends each message until it is acknowledged, always under the same id, and reads the transcript.</summary>
internal sealed class Conversing(Func<HttpClient> http, History history, TimeProvider time, Visit visit, string conversation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public string Conversation => conversation;

    public Visit Visit => visit;

    /// <summary>Begins a session; the gateway may have to be asked again.</summary>
    public static async Task<Visit> VisitAsync(Func<HttpClient> http, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var response = await http().PostAsync("api/chat/sessions", JsonContent.Create(new JsonObject()), cancellation);
                if (response.IsSuccessStatusCode)
                {
                    var session = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!;
                    return new Visit((string)session["token"]!, (string)session["visitor"]!);
                }
            }
            catch (Exception fault) when (IsOfTheMoment(fault, cancellation))
            {
                // The gateway is not there now.
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Sends until the message is acknowledged. A cancelled one may have arrived or not.</summary>
    public async Task SendAsync(string id, string text, CancellationToken cancellation)
    {
        history.Add(DeedKind.Sent, conversation, id);
        while (true)
        {
            try
            {
                using var request = Request(HttpMethod.Post, "api/chat/messages");
                request.Content = JsonContent.Create(new JsonObject { ["conversationId"] = conversation, ["messageId"] = id, ["text"] = text });
                using var response = await http().SendAsync(request, cancellation);
                if (response.IsSuccessStatusCode)
                {
                    var accepted = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!;
                    history.Add(DeedKind.Acknowledged, conversation, id, (long)accepted["sequence"]!);
                    return;
                }

                // Too many wait, too busy, or the outcome is unknown: the same message again. Anything else is a fault of ours or of the product's.
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict) && (int)response.StatusCode < 500)
                    throw new InvalidOperationException($"{id} was refused with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
            }
            catch (Exception fault) when (IsOfTheMoment(fault, cancellation))
            {
                // The connection broke or nobody answered in time.
            }

            history.Add(DeedKind.SentAgain, conversation, id);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>One attempt to read where the conversation stands.</summary>
    /// <returns>False when it was not answered.</returns>
    public async Task<bool> TryReadAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await http().SendAsync(Request(HttpMethod.Get, $"api/conversations/{conversation}?limit=1"), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is OperationCanceledException || IsOfTheMoment(fault, cancellation))
        {
            return false;
        }
    }

    /// <summary>Reads the whole transcript, and notes what was shown.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        var after = 0L;
        while (true)
        {
            using var response = await http().SendAsync(Request(HttpMethod.Get, $"api/conversations/{conversation}?after={after}&limit=200"), cancellation);
            response.EnsureSuccessStatusCode();
            var page = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!;
            foreach (var message in page["messages"]!.AsArray())
            {
                after = (long)message!["sequence"]!;
                history.Add(DeedKind.Shown, conversation, (string)message["id"]!, after);
            }

            if (page["hasMore"]?.GetValue<bool>() is not true)
                return;
        }
    }

    /// <summary>A failure that comes from the faults of the run and not from the request.</summary>
    internal static bool IsOfTheMoment(Exception fault, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && fault is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException;

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", visit.Token);
        return request;
    }
}

/// <summary>A customer's session.</summary>
/// <param name="Visitor">Who the customer is, as the chat channel knows them.</param>
internal sealed record Visit(string Token, string Visitor);
