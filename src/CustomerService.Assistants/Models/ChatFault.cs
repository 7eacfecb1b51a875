using System.ClientModel;
using Anthropic.Exceptions;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CustomerService.Assistants.Models;

/// <summary>What a model's failure means: whether to try again, and how to say it in a trace.</summary>
internal static class ChatFault
{
    /// <summary>Too many requests, the server's own failure, a lost connection or no answer in time.</summary>
    public static bool IsTransient(Exception error) => StatusOf(error) is { } status
        ? status is 408 or 409 or 429 or >= 500
        : error is HttpRequestException or IOException or TimeoutRejectedException or ReplyStalledException or AnthropicIOException or AnthropicSseException
            || (error is ClientResultException && error.InnerException is HttpRequestException or IOException)
            || (error.InnerException is HttpRequestException or IOException);

    /// <summary>A few words for the trace. Never the vendor's text: it may repeat the prompt or a part of the key.</summary>
    public static string Describe(Exception error) => error switch
    {
        TimeoutRejectedException => "no answer in time",
        ReplyStalledException { Begun: true } => "no answer in time (it stopped in the middle)",
        ReplyStalledException => "no answer in time",
        BrokenCircuitException => "left alone after repeated failures",
        AnthropicSseException => "broke off its answer",
        _ when StatusOf(error) is { } status => status switch
        {
            401 or 403 => $"refused the key (HTTP {status})",
            404 => "unknown model or address (HTTP 404)",
            429 => "too many requests (HTTP 429)",
            529 => "overloaded (HTTP 529)",
            _ => $"HTTP {status}",
        },
        _ when IsTransient(error) => "can't be reached",
        _ => $"unreadable answer ({error.GetType().Name})",
    };

    /// <summary>One word for figures.</summary>
    public static string TypeOf(Exception error) => error switch
    {
        TimeoutRejectedException or ReplyStalledException => "timeout",
        BrokenCircuitException => "circuit_open",
        _ when StatusOf(error) is { } status => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ when IsTransient(error) => "connection",
        _ => "unreadable",
    };

    public static int? StatusOf(Exception error) => error switch
    {
        ClientResultException { Status: > 0 } openAI => openAI.Status,
        AnthropicApiException anthropic => (int)anthropic.StatusCode,
        HttpRequestException { StatusCode: { } status } => (int)status,
        _ => null,
    };
}
