using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Twilio;

/// <summary>Lets in what Twilio sent us, and nothing else. Only what passed is read.</summary>
internal sealed class TwilioGate
{
    private readonly string _accountSid;
    private readonly SigningKeys _keys;

    public TwilioGate(TwilioCredentials credentials)
    {
        _accountSid = credentials.AccountSid;
        _keys = new SigningKeys(credentials.AuthToken, credentials.PreviousAuthToken ?? "");
    }

    /// <param name="values">The request's parameters: the query's, and those of the body, which count more.</param>
    public bool TryOpen(WebhookRequest request, out ImmutableDictionary<string, string> values, [NotNullWhen(false)] out WebhookReading.Refused? refused)
    {
        values = ImmutableDictionary<string, string>.Empty;
        refused = null;
        if (request.Method is not ("POST" or "GET"))
            refused = new WebhookReading.Refused(405, $"Twilio calls with POST or GET, not with {request.Method}");
        else if (!TwilioSignature.Holds(request, _keys))
            refused = new WebhookReading.Refused(403, $"the {TwilioSignature.Header} is missing or wrong; check the auth token, and that public_url is how Twilio reaches this system");
        else if (Read(request) is not { } read)
            refused = new WebhookReading.Refused(400, "the body is neither a form nor a JSON object");
        // One token signs for its own account only; but who has got hold of one request can't say it was another's.
        else if (read.GetValueOrDefault("AccountSid") is not { } account || account != _accountSid)
            refused = new WebhookReading.Refused(403, "it is of another Twilio account");
        else
            values = read;
        return refused is null;
    }

    private static ImmutableDictionary<string, string>? Read(WebhookRequest request)
    {
        if (TwilioSignature.IsForm(request))
            return request.Query.SetItems(request.Form);
        if (request.Body.IsEmpty)
            return request.Query;
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? null
                : request.Query.SetItems(json.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Text(property.Value))));
        }
        // Half of a surrogate pair, escaped, is well-formed JSON and no text.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace("\0", "", StringComparison.Ordinal) : value.GetRawText();
}
