using System.Collections.Immutable;

namespace CustomerService.Channels.Webhooks;

/// <summary>What a provider sent us, as it came.</summary>
/// <param name="Url">The address that the provider called, with its query: what many signatures cover.</param>
/// <param name="Rest">What comes after the account's name in the path, without slashes at its ends; empty: nothing.</param>
/// <param name="Headers">By name, in any case; of repeated ones the values with commas between.</param>
/// <param name="Body">The bytes. Signatures are over these, never over what was read from them.</param>
public sealed record WebhookRequest(
    string Method, Uri Url, string Rest, ImmutableDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>The query's values; of repeated ones the first.</summary>
    public ImmutableDictionary<string, string> Query => FormText.Read(Url.Query.TrimStart('?'));

    /// <summary>The body as a form.</summary>
    public ImmutableDictionary<string, string> Form => FormText.Read(System.Text.Encoding.UTF8.GetString(Body.Span));
}
