using CustomerService.Channels.Settings;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Chat;

/// <summary>What the owner's <c>channels.yaml</c> says about the chat now; without one, what is usual.</summary>
internal sealed class LiveChatSettings(IChatSettings? settings)
{
    public ChatSettings Current => settings?.Chat ?? ChatSettings.None;

    /// <summary>
    /// Whether a page may use the chat. Browsers name the page's origin: it must be this very host (whatever the scheme: a proxy may end TLS) or an
    /// allowed one. Programs name none.
    /// </summary>
    public bool MayUse(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || Current.Allows(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
