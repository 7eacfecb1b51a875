using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Makes the client for one model of one provider.</summary>
internal static class ChatClients
{
    // A reply of some hundred tokens is a few KB; what is larger is no answer.
    private const int LongestReply = 2_000_000;

    /// <summary>One transport for all models: connections are shared, and no time limit of its own (the guard has one).</summary>
    public static HttpClient Transport() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestReply,
    };

    public static IChatClient Open(ChatProvider provider, string model, ChatModelSettings settings, HttpClient transport)
    {
        // The guard's attempts end earlier; these limits end what a client goes on reading after that.
        var limit = settings.TotalTimeout;
        if (provider.Protocol == ChatProtocol.OpenAI)
            return new OpenAIChatClient(provider, model, transport, limit);
        var options = new ClientOptions { ApiKey = provider.Key ?? "none", HttpClient = transport, MaxRetries = 0, Timeout = limit };
        if (provider.BaseAddress is { } address)
            options = options with { BaseUrl = address.ToString() };
        return new AnthropicClient(options).AsIChatClient(model, settings.MaxOutputTokens);
    }
}
