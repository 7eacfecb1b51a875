using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using CustomerService.Channels.Twilio;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>
/// A phone company on the loopback that speaks as Twilio does: its REST interface for messages, webhooks with its signature, calls that do what TwiML says.
/// It fails on demand. Enough to try everything without an account.
/// </summary>
internal sealed class PhoneCompany : IAsyncDisposable
{
    public const string AccountSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public const string AuthToken = "token-of-the-loopback-company";

    private static readonly string Owner = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"))}";

    private readonly LoopbackServer _server;
    private readonly HttpClient _http = new();
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentDictionary<string, (string MediaType, byte[] Bytes, string? MovedTo)> _media = new();
    private readonly List<PhoneMessage> _messages = [];
    private readonly CancellationTokenSource _closing = new();
    private int _number;

    public PhoneCompany(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _server = new LoopbackServer(AnswerAsync);
    }

    /// <summary>How it misbehaves, at the next request to send.</summary>
    public enum Fault
    {
        None,

        /// <summary>429, with <c>Retry-After: 7</c>; nothing is taken.</summary>
        Busy,

        /// <summary>500; nothing is taken, which the caller can't know.</summary>
        Broken,

        /// <summary>The message is taken, and the connection breaks off.</summary>
        BreakOffAfterTaking,

        /// <summary>The message is taken, and nothing is ever said of it.</summary>
        SilentAfterTaking,

        /// <summary>The connection breaks off, and nothing is taken.</summary>
        BreakOffBeforeTaking,
    }

    public Uri Address => _server.Address;

    /// <summary>Something came in: told after it was kept, before it is answered.</summary>
    public event Action<string>? Requested;

    /// <summary>Numbers whose owners sent STOP.</summary>
    public ConcurrentDictionary<string, bool> Unsubscribed { get; } = new();

    /// <summary>Whoever asks for a file shows these credentials, or none.</summary>
    public ConcurrentQueue<(string Path, string? Authorization)> MediaRequests { get; } = new();

    public IReadOnlyList<PhoneMessage> Messages
    {
        get
        {
            lock (_messages)
                return [.. _messages];
        }
    }

    public void FailNext(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    /// <summary>Keeps a file, where only its owner may fetch it.</summary>
    public Uri Keep(string mediaType, byte[] bytes) => Put((mediaType, bytes, null));

    /// <summary>Keeps the address of a file that lies elsewhere.</summary>
    public Uri KeepElsewhere(string where) => Put(("", [], where));

    /// <summary>Keeps the recording of a call; the sound itself is at its address with <c>.mp3</c> after it.</summary>
    public Uri KeepRecording(byte[] bytes)
    {
        var path = $"/2010-04-01/Accounts/{AccountSid}/Recordings/{NextSid("RE")}";
        _media[path + ".mp3"] = ("audio/mpeg", bytes, null);
        return new Uri(Address, path);
    }

    public string NextSid(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _number):x32}");

    /// <summary>Calls a webhook, signed.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri where, IReadOnlyDictionary<string, string> form, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, where) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(where.AbsoluteUri, form, AuthToken));
        return _http.SendAsync(request, cancellation);
    }

    /// <summary>What Twilio posts when a customer sends a message.</summary>
    public Dictionary<string, string> Sms(string from, string to, string body, params IReadOnlyList<(Uri Url, string MediaType)> media)
    {
        var sid = NextSid(media.Count > 0 ? "MM" : "SM");
        var form = new Dictionary<string, string>
        {
            ["ToCountry"] = "DE",
            ["SmsMessageSid"] = sid,
            ["NumMedia"] = media.Count.ToString(CultureInfo.InvariantCulture),
            ["SmsSid"] = sid,
            ["SmsStatus"] = "received",
            ["Body"] = body,
            ["To"] = to,
            ["NumSegments"] = "1",
            ["MessageSid"] = sid,
            ["AccountSid"] = AccountSid,
            ["From"] = from,
            ["ApiVersion"] = "2010-04-01",
        };
        foreach (var (index, (url, type)) in media.Index())
            (form[$"MediaUrl{index}"], form[$"MediaContentType{index}"]) = (url.AbsoluteUri, type);
        return form;
    }

    /// <summary>What Twilio posts to a message's StatusCallback.</summary>
    public static Dictionary<string, string> Status(PhoneMessage message, string status, int? errorCode = null)
    {
        var form = new Dictionary<string, string>
        {
            ["SmsSid"] = message.Sid,
            ["SmsStatus"] = status,
            ["MessageStatus"] = status,
            ["To"] = message.To,
            ["MessageSid"] = message.Sid,
            ["AccountSid"] = AccountSid,
            ["From"] = message.From,
            ["ApiVersion"] = "2010-04-01",
        };
        if (errorCode is { } code)
            form["ErrorCode"] = code.ToString(CultureInfo.InvariantCulture);
        return form;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _server.DisposeAsync();
        _http.Dispose();
        _closing.Dispose();
    }

    private Uri Put((string, byte[], string?) file)
    {
        var path = $"/2010-04-01/Accounts/{AccountSid}/Messages/MM1/Media/{NextSid("ME")}";
        _media[path] = file;
        return new Uri(Address, path);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (_media.TryGetValue(path, out var file) && !IsLocked(context, path))
            await SendFileAsync(context, path, file);
        else if (context.Request.Headers["Authorization"] != Owner)
            await ErrorAsync(context.Response, 401, 20003, "Authenticate");
        else if (path != $"/2010-04-01/Accounts/{AccountSid}/Messages.json")
            await ErrorAsync(context.Response, 404, 20404, $"The requested resource {path} was not found");
        else if (context.Request.HttpMethod == "POST")
            await CreateAsync(context);
        else
            await ListAsync(context);
    }

    /// <summary>Recordings are for their owner alone.</summary>
    private static bool IsLocked(HttpListenerContext context, string path) => path.Contains("/Recordings/", StringComparison.Ordinal) && context.Request.Headers["Authorization"] != Owner;

    private async Task CreateAsync(HttpListenerContext context)
    {
        var form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(await LoopbackServer.ReadAsync(context.Request)));
        var fault = _faults.TryDequeue(out var next) ? next : Fault.None;
        var takes = fault is Fault.None or Fault.BreakOffAfterTaking or Fault.SilentAfterTaking;
        var media = takes ? await FetchAsync(form.GetValues("MediaUrl") ?? []) : [];
        if (takes && (media is null ? (21620, "Invalid media URL(s)") : Refusal(form["To"], form["Body"], media.Count)) is { } refusal)
        {
            await ErrorAsync(context.Response, 400, refusal.Code, refusal.Message);
            return;
        }

        PhoneMessage? message = null;
        if (takes)
        {
            message = new PhoneMessage(NextSid("SM"), form["To"]!, form["From"] ?? "+15005550006", form["Body"] ?? "", form["StatusCallback"], form["MessagingServiceSid"], _time.GetUtcNow()) { Media = media! };
            lock (_messages)
                _messages.Add(message);
        }

        Requested?.Invoke("create");
        switch (fault)
        {
            case Fault.Busy:
                context.Response.AddHeader("Retry-After", "7");
                await ErrorAsync(context.Response, 429, 20429, "Too Many Requests");
                break;
            case Fault.Broken:
                await ErrorAsync(context.Response, 500, 20500, "Internal Server Error");
                break;
            case Fault.SilentAfterTaking:
                await Task.Delay(Timeout.Infinite, _closing.Token);
                break;
            case Fault.BreakOffAfterTaking or Fault.BreakOffBeforeTaking:
                await LoopbackServer.BreakOffAsync(context.Response);
                break;
            default:
                await LoopbackServer.WriteAsync(context.Response, 201, "application/json", JsonSerializer.Serialize(message!.ToJson("queued")));
                break;
        }
    }

    private (int Code, string Message)? Refusal(string? to, string? body, int files) => (to, body) switch
    {
        (null or "", _) => (21604, "A 'To' phone number is required."),
        _ when !to.StartsWith('+') && !to.Contains(':', StringComparison.Ordinal) => (21211, $"The 'To' number {to} is not a valid phone number."),
        _ when Unsubscribed.ContainsKey(to) => (21610, "Attempt to send to unsubscribed recipient"),
        (_, null or "") when files == 0 => (21602, "Message body is required."),
        (_, { Length: > 1600 }) => (21617, "The concatenated message body exceeds the 1600 character limit."),
        _ => null,
    };

    /// <summary>As who has nothing to prove itself by: first what it is, then all of it.</summary>
    /// <returns>Null: one of them can't be had.</returns>
    private async Task<List<PhoneFile>?> FetchAsync(string[] addresses)
    {
        var files = new List<PhoneFile>();
        try
        {
            foreach (var address in addresses)
            {
                using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
                using var answer = await _http.GetAsync(new Uri(address));
                if (!head.IsSuccessStatusCode || !answer.IsSuccessStatusCode || head.Content.Headers.ContentType?.MediaType != answer.Content.Headers.ContentType?.MediaType)
                    return null;
                files.Add(new PhoneFile(address, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsByteArrayAsync()));
            }

            return files;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task ListAsync(HttpListenerContext context)
    {
        var to = context.Request.QueryString["To"];
        var page = Messages.Where(message => to is null || message.To == to).Reverse().Select(message => message.ToJson("sent"));
        Requested?.Invoke("list");
        await LoopbackServer.WriteAsync(context.Response, 200, "application/json", JsonSerializer.Serialize(new { messages = page, page = 0, page_size = 50 }));
    }

    private async Task SendFileAsync(HttpListenerContext context, string path, (string MediaType, byte[] Bytes, string? MovedTo) file)
    {
        MediaRequests.Enqueue((path, context.Request.Headers["Authorization"]));
        if (file.MovedTo is not null)
            context.Response.AddHeader("Location", file.MovedTo);
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength64) = (file.MovedTo is null ? 200 : 307, file.MediaType, file.Bytes.Length);
        await context.Response.OutputStream.WriteAsync(file.Bytes);
        context.Response.Close();
    }

    private static Task ErrorAsync(HttpListenerResponse response, int status, int code, string message) => LoopbackServer.WriteAsync(
        response, status, "application/json", JsonSerializer.Serialize(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }));
}

/// <summary>A message that the company has taken.</summary>
internal sealed record PhoneMessage(string Sid, string To, string From, string Body, string? StatusCallback, string? MessagingServiceSid, DateTimeOffset CreatedAt)
{
    /// <summary>What the company fetched for it.</summary>
    public IReadOnlyList<PhoneFile> Media { get; init; } = [];

    public object ToJson(string status) => new
    {
        sid = Sid,
        account_sid = PhoneCompany.AccountSid,
        to = To,
        from = From,
        body = Body,
        status,
        direction = "outbound-api",
        date_created = CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
        date_sent = (string?)null,
        error_code = (int?)null,
        num_segments = "1",
        num_media = Media.Count.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>A file that the company fetched to send it.</summary>
internal sealed record PhoneFile(string Address, string MediaType, byte[] Bytes);
