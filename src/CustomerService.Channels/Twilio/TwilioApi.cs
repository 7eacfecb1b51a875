using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Twilio;

/// <summary>Twilio's REST interface, as far as messages need it.</summary>
internal sealed class TwilioApi(Uri address, TwilioCredentials credentials, AccountParts parts)
{
    /// <summary>The longest that it may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private Uri Messages { get; } = new($"{address.AbsoluteUri.TrimEnd('/')}/2010-04-01/Accounts/{credentials.AccountSid}/Messages.json");

    /// <summary>Sends one message, of at most 1600 characters.</summary>
    public async Task<SendOutcome> CreateMessageAsync(IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Post, Messages);
        request.Content = new FormUrlEncodedContent(form);
        return (await HttpAttempt.AskAsync(parts.Http, request, Patience, parts.Time, cancellation)).Outcome(Outcome);
    }

    /// <summary>The newest messages to a number, newest first.</summary>
    /// <exception cref="HttpRequestException">They can't be had.</exception>
    /// <exception cref="JsonException">The answer is none of Twilio's.</exception>
    public async Task<ImmutableArray<SentMessage>> ListMessagesAsync(string to, CancellationToken cancellation)
    {
        // Not by DateSent: what still waits at Twilio has none, and is what is looked for.
        using var request = Request(HttpMethod.Get, new Uri($"{Messages}?To={Uri.EscapeDataString(to)}&PageSize=50"));
        using var patience = new CancellationTokenSource(Patience, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        using var answer = await parts.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await HttpAttempt.ReadAsync(answer, either.Token));
        return [.. json.RootElement.GetProperty("messages").EnumerateArray().Select(SentMessage.Read)];
    }

    /// <summary>Proves who we are, to Twilio's own addresses and nobody else.</summary>
    public HttpRequestMessage Request(HttpMethod method, Uri where)
    {
        var request = new HttpRequestMessage(method, where);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CustomerService", null));
        if (where.Authority == address.Authority && where.Scheme == address.Scheme)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.AccountSid}:{credentials.AuthToken}")));
        return request;
    }

    private SendOutcome Outcome(HttpAnswer.Said answer)
    {
        var (sid, code, message) = Said(answer.Body);
        var reason = TwilioErrors.Explain(code?.ToString(CultureInfo.InvariantCulture) ?? "", message ?? $"{address.Authority} answered {(int)answer.Status}");
        return answer.Status switch
        {
            _ when answer.IsSuccess => sid is null ? new SendOutcome.Unknown($"{address.Authority} took the message and did not say under which id") : new SendOutcome.Accepted([sid]),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendOutcome.Later(reason, answer.RetryAfter),
            // The owner has to see to these; their messages wait meanwhile.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound =>
                new SendOutcome.Later($"{address.Authority} refuses our account ({(int)answer.Status}: {message ?? "no reason given"}); check account_sid, auth_token_env and api"),
            >= HttpStatusCode.InternalServerError => new SendOutcome.Unknown(reason),
            >= HttpStatusCode.BadRequest when code is { } known && TwilioErrors.IsPassing(known) => new SendOutcome.Later(reason, answer.RetryAfter),
            >= HttpStatusCode.BadRequest => new SendOutcome.Failed(reason),
            _ => new SendOutcome.Later($"{address.Authority} answered {(int)answer.Status}, as Twilio never does; check api"),
        };
    }

    private static (string? Sid, int? Code, string? Message) Said(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind != JsonValueKind.Object ? default : (
                json.RootElement.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String ? sid.GetString() : null,
                json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : null,
                json.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}

/// <summary>A message as Twilio keeps it.</summary>
/// <param name="Files">How many files it has.</param>
internal sealed record SentMessage(string Sid, string? From, string Body, int Files, bool IsOurs, DateTimeOffset CreatedAt)
{
    public static SentMessage Read(JsonElement json) => new(
        json.GetProperty("sid").GetString()!,
        json.GetProperty("from").GetString(),
        json.GetProperty("body").GetString() ?? "",
        json.TryGetProperty("num_media", out var files) && int.TryParse(files.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
        json.GetProperty("direction").GetString()?.StartsWith("outbound", StringComparison.Ordinal) == true,
        DateTimeOffset.ParseExact(json.GetProperty("date_created").GetString()!, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture));
}
