using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Makes the client for one model of one provider.</summary>
internal static class ChatClients
{
    // A reply of some hundred tokens is a few KB; what is larger is no answer.
    private const int LongestReply = 2_000_000;

    /// <summary>One transport for all models: connections are shared.</summary>
    public static SocketsHttpHandler Transport() => new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false };

    /// <summary>A client over it without a time limit of its own: the guard has one.</summary>
    public static HttpClient Over(VendorPause pause) => new(pause, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestReply };

    /// <exception cref="InvalidOperationException">Nobody speaks the provider's protocol.</exception>
    public static IChatClient Open(ChatProvider provider, string model, ChatModelSettings settings, HttpClient transport, IEnumerable<IChatProtocol> others)
    {
        // The guard's attempts end earlier; this limit ends what a client goes on reading after that.
        var limit = settings.TotalTimeout;
        return provider.Protocol switch
        {
            ChatProtocols.OpenAI => new OpenAIChatClient(provider, model, transport, limit),
            ChatProtocols.Anthropic => Anthropic(provider, model, settings, transport, limit),
            var name => others.FirstOrDefault(other => other.Name == name)?.Open(provider, model, transport, limit)
                ?? throw new InvalidOperationException($"nobody speaks the protocol '{name}' here"),
        };
    }

    private static AnthropicUsage Anthropic(ChatProvider provider, string model, ChatModelSettings settings, HttpClient transport, TimeSpan limit)
    {
        var options = new ClientOptions { ApiKey = provider.Key ?? "none", HttpClient = transport, MaxRetries = 0, Timeout = limit };
        if (provider.BaseAddress is { } address)
            options = options with { BaseUrl = address.ToString() };
        return new AnthropicUsage(new AnthropicClient(options).AsIChatClient(model, settings.MaxOutputTokens));
    }
}
