using System.Collections.Immutable;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Circuits;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CustomerService.Assistants.Models;

/// <summary>One model role's client with its limits: rate, time, retries, circuit breaker, tokens. A vendor's fault comes back as a value.</summary>
internal sealed class GuardedChat : IDisposable
{
    /// <summary>A vendor that asks for a longer pause is not waited for.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly ModelRole _role;
    private readonly ChatProvider _provider;
    private readonly IChatClient _client;
    private readonly ChatModelSettings _settings;
    private readonly VendorPause? _pause;
    private readonly TimeProvider _time;
    private readonly RequestAllowance? _allowance;
    private readonly ResiliencePipeline<StreamedReply> _pipeline;
    private volatile bool _refusesSchemas;

    /// <param name="pause">What the vendor said of asking again; null where that can't be known.</param>
    public GuardedChat(ModelRole role, ChatProvider provider, IChatClient client, ChatModelSettings settings, VendorPause? pause, TimeProvider time)
    {
        (_role, _provider, _client, _settings, _pause, _time) = (role, provider, client, settings, pause, time);
        _allowance = role.RateLimit is { } limit ? new RequestAllowance(limit, time) : null;
        _pipeline = Limits();
    }

    public ModelRole Role => _role;

    /// <summary>Provider and model, for a trace.</summary>
    public string Name => $"{_role.Provider}/{_role.Model}";

    public ChatModelSettings Settings => _settings;

    /// <summary>Asks the model. Only the caller's own cancellation is an exception.</summary>
    public async ValueTask<ChatReply> AskAsync(ChatQuestion question, CancellationToken cancellation)
    {
        if (_pause?.Left is { } left && left > LongestPause)
            return ChatReply.Failed($"{Name}: asked to be left alone for {left.TotalSeconds:0} s", "rate_limit");
        if (_allowance is not null && !_allowance.TryTake())
            return ChatReply.Failed($"{Name}: its rate limit of {_role.RateLimit} a minute is used up", "rate_limit");
        var started = _time.GetTimestamp();
        try
        {
            var reply = await _pipeline.ExecuteAsync(static (state, token) => state.Chat.AttemptAsync(state.Question, token), (Chat: this, Question: question), cancellation);
            return Read(question, reply) with { Seconds = _time.GetElapsedTime(started).TotalSeconds };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a vendor's library throws, the answer is the local path; the reason is in the trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ChatReply.Failed($"{Name}: {ChatFault.Describe(error)}", ChatFault.TypeOf(error)) with { Seconds = _time.GetElapsedTime(started).TotalSeconds };
        }
    }

    public void Dispose() => _client.Dispose();

    private ResiliencePipeline<StreamedReply> Limits()
    {
        var sign = new CircuitSign("model", Name);
        var builder = new ResiliencePipelineBuilder<StreamedReply> { TimeProvider = _time };
        builder.AddTimeout(_settings.TotalTimeout);
        if (_settings.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<StreamedReply>
            {
                MaxRetryAttempts = _settings.Retries,
                Delay = _settings.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder<StreamedReply>().Handle<Exception>(error => ChatFault.IsTransient(error) && !(_pause?.Left > LongestPause)),
                DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(_pause?.Left is { } left && left > TimeSpan.Zero ? left : null),
            });
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<StreamedReply>
        {
            FailureRatio = _settings.BreakRatio,
            MinimumThroughput = Math.Max(2, _settings.BreakAfter),
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = _settings.BreakFor,
            ShouldHandle = new PredicateBuilder<StreamedReply>().Handle<Exception>(ChatFault.IsTransient),
            OnOpened = _ => sign.Opened(),
            OnClosed = _ => sign.Closed(),
        });
        return (_provider.Streams ? builder : builder.AddTimeout(_settings.AttemptTimeout)).Build();
    }

    private async ValueTask<StreamedReply> AttemptAsync(ChatQuestion question, CancellationToken cancellation)
    {
        var options = Options(question);
        try
        {
            return await AskOnceAsync(question, options, cancellation);
        }
        catch (Exception error) when (options.ResponseFormat is not null && ChatFault.StatusOf(error) == 400)
        {
            // Some models and servers speak no schemas. The instructions say the same in words.
            options.ResponseFormat = null;
            var reply = await AskOnceAsync(question, options, cancellation);
            _refusesSchemas = true;
            return reply;
        }
    }

    private async Task<StreamedReply> AskOnceAsync(ChatQuestion question, ChatOptions options, CancellationToken cancellation)
    {
        // Not every client lets go when asked to, so the wait ends by itself.
        if (_provider.Streams)
            return await ReplyStream.ReadAsync(_client.GetStreamingResponseAsync(question.Messages, options, cancellation), question.Heard, _settings.AttemptTimeout, _settings.StallTimeout, _time, cancellation);
        var response = await _client.GetResponseAsync(question.Messages, options, cancellation).WaitAsync(cancellation);
        question.Heard?.Invoke(response.Text);
        return new StreamedReply(response, null);
    }

    private ChatOptions Options(ChatQuestion question) => new()
    {
        ModelId = _role.Model,
        Temperature = (float?)_role.Temperature,
        MaxOutputTokens = _settings.MaxOutputTokens,
        Tools = question.Tools.IsEmpty ? null : [.. question.Tools],
        ToolMode = question.Tools.IsEmpty ? null : question.MustReply ? ChatToolMode.None : ChatToolMode.Auto,
        ResponseFormat = _provider.SpeaksSchemas && !_refusesSchemas ? ChatResponseFormat.ForJsonSchema(question.Prompt.Schema, question.Prompt.Name) : null,
    };

    private ChatReply Read(ChatQuestion question, StreamedReply reply)
    {
        var response = reply.Response;
        // Where a server does not count, four characters are taken for a token: budgets must not be blind.
        var input = (int)(response.Usage?.InputTokenCount ?? question.Messages.Sum(message => message.Text.Length) / 4);
        var output = (int)(response.Usage?.OutputTokenCount ?? response.Text.Length / 4);
        ImmutableArray<FunctionCallContent> calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        var isEmpty = calls.IsEmpty && string.IsNullOrWhiteSpace(response.Text);
        return new ChatReply(isEmpty ? null : response.Text, isEmpty ? $"{Name}: unreadable answer (it is empty)" : null)
        {
            ErrorType = isEmpty ? "unreadable" : null,
            Calls = calls,
            Messages = [.. response.Messages],
            InputTokens = input,
            OutputTokens = output,
            Cost = _provider.Prices.TryGetValue(_role.Model, out var price) ? price.Of(input, output) : null,
            FirstToken = reply.FirstPiece?.TotalSeconds,
        };
    }
}
