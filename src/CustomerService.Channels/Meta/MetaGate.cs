using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Meta;

/// <summary>Lets in what Meta sent us, and nothing else. Only what passed is read.</summary>
internal sealed class MetaGate(MetaApp app)
{
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    private static readonly SearchValues<char> InChallenges = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    private readonly SigningKeys _secrets = new(app.AppSecret, app.PreviousAppSecret ?? "");
    private readonly SigningKeys _verifyTokens = new(app.VerifyToken);

    /// <summary>What the header says of a body that was signed with this secret.</summary>
    public static string SignatureOf(ReadOnlySpan<byte> body, string secret) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), body));

    /// <param name="kind">What <c>object</c> has to be, such as <c>page</c>; of other kinds nothing concerns this account.</param>
    /// <param name="read">What a genuine body means.</param>
    public WebhookReading Read(WebhookRequest request, string kind, Func<JsonElement, IEnumerable<ChannelEvent>> read)
    {
        if (request.Method == "GET")
            return Challenge(request);
        if (request.Method != "POST")
            return new WebhookReading.Refused(405, $"Meta calls with GET or POST, not with {request.Method}");
        if (!IsSigned(request))
            return new WebhookReading.Refused(401, $"the {Header} is missing or wrong; check app_secret_env");
        if (LenientJson.Parse(request.Body) is not { } json)
            return new WebhookReading.Refused(400, "the body is no JSON object");
        return new WebhookReading.Genuine(json.Text("object") == kind ? [.. read(json)] : []);
    }

    private bool IsSigned(WebhookRequest request)
    {
        var header = request.Header(Header);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return header.Length == Prefix.Length + (signature.Length * 2)
            && header.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(Prefix.Length), signature, out _, out _) == OperationStatus.Done
            && _secrets.Made(signature, key => HMACSHA256.HashData(key, request.Body.Span));
    }

    private WebhookReading Challenge(WebhookRequest request)
    {
        var query = request.Query;
        var challenge = query.GetValueOrDefault("hub.challenge", "");
        if (query.GetValueOrDefault("hub.mode") != "subscribe" || !_verifyTokens.Holds(query.GetValueOrDefault("hub.verify_token", "")))
            return new WebhookReading.Refused(403, "the verify token is missing or wrong; it has to be the same in Meta's console and behind verify_token_env");
        // It is echoed, so it must not be able to say anything.
        return challenge.Length is 0 or > 200 || challenge.AsSpan().ContainsAnyExcept(InChallenges)
            ? new WebhookReading.Refused(400, "there is no hub.challenge that could be echoed")
            : new WebhookReading.Answered(new WebhookAnswer("text/plain", challenge));
    }
}
