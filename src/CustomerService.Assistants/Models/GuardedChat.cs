using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CustomerService.Assistants.Models;

/// <summary>One model role's client with its limits: rate, time, retries, circuit breaker, tokens. A vendor's fault comes back as a value.</summary>
internal sealed class GuardedChat : IDisposable
{
    private readonly ModelRole _role;
    private readonly IChatClient _client;
    private readonly ChatModelSettings _settings;
    private readonly RequestAllowance? _allowance;
    private readonly ResiliencePipeline<ChatResponse> _pipeline;

    public GuardedChat(ModelRole role, IChatClient client, ChatModelSettings settings, TimeProvider time)
    {
        _role = role;
        _client = client;
        _settings = settings;
        _allowance = role.RateLimit is { } limit ? new RequestAllowance(limit, time) : null;
        var builder = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = time };
        builder.AddTimeout(settings.TotalTimeout);
        if (settings.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<ChatResponse>
            {
                MaxRetryAttempts = settings.Retries,
                Delay = settings.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder<ChatResponse>().Handle<Exception>(ChatFault.IsTransient),
            });
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<ChatResponse>
        {
            FailureRatio = settings.BreakRatio,
            MinimumThroughput = Math.Max(2, settings.BreakAfter),
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = settings.BreakFor,
            ShouldHandle = new PredicateBuilder<ChatResponse>().Handle<Exception>(ChatFault.IsTransient),
        });
        builder.AddTimeout(settings.AttemptTimeout);
        _pipeline = builder.Build();
    }

    /// <summary>Provider and model, for a trace.</summary>
    public string Name => $"{_role.Provider}/{_role.Model}";

    /// <summary>Most characters of a customer's message to put into a question.</summary>
    public int MaxMessageCharacters => _settings.MaxMessageCharacters;

    /// <summary>Asks the model. Only the caller's own cancellation is an exception.</summary>
    public async ValueTask<ChatReply> AskAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellation)
    {
        if (_allowance is not null && !_allowance.TryTake())
            return ChatReply.Failed($"{Name}: its rate limit of {_role.RateLimit} a minute is used up");
        var options = new ChatOptions { Temperature = (float?)_role.Temperature, MaxOutputTokens = _settings.MaxOutputTokens, ModelId = _role.Model };
        try
        {
            var response = await _pipeline.ExecuteAsync(
                // Not every client lets go when asked to, so the wait ends by itself.
                static async (state, token) => await state._client.GetResponseAsync(state.messages, state.options, token).WaitAsync(token),
                (_client, messages, options), cancellation);
            return new ChatReply(response.Text, UseOf(response), Fault: null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a vendor's library throws, the answer is the local path; the reason is in the trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ChatReply.Failed($"{Name}: {ChatFault.Describe(error)}");
        }
    }

    public void Dispose() => _client.Dispose();

    private ModelUse UseOf(ChatResponse response)
    {
        var input = (int)(response.Usage?.InputTokenCount ?? 0);
        var output = (int)(response.Usage?.OutputTokenCount ?? 0);
        decimal? cost = _settings.Prices.TryGetValue(_role.Model, out var price)
            ? ((input * price.Input) + (output * price.Output)) / 1_000_000
            : null;
        return new ModelUse(_role.Role, _role.Provider, _role.Model, input, output, cost);
    }
}

/// <summary>A model's reply, or why there is none.</summary>
internal sealed record ChatReply(string? Text, ModelUse? Use, string? Fault)
{
    public static ChatReply Failed(string fault) => new(null, null, fault);
}
