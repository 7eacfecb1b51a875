using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Pipelines.Circuits;
using CustomerService.Translation.Masking;
using CustomerService.Translation.Settings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CustomerService.Translation.Providers;

/// <summary>One service with its limits: how many at once, time, one repetition, a breaker; and what it said it can.</summary>
internal sealed class GuardedProvider : IDisposable
{
    private static readonly TimeSpan PairsHold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FaultHolds = TimeSpan.FromSeconds(20);

    private readonly ITranslationProvider _service;
    private readonly ImmutableHashSet<LanguagePair> _allowed;
    private readonly SemaphoreSlim _atOnce;
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;
    private volatile Answer? _answer;

    public GuardedProvider(ProviderSettings settings, ITranslationProvider service, TimeProvider time)
    {
        (Name, _service, _time) = (settings.Name, service, time);
        _allowed = settings.Pairs;
        MaxCharacters = settings.MaxCharacters;
        _atOnce = new SemaphoreSlim(settings.AtOnce);
        var sign = new CircuitSign("translation", settings.Name);
        _pipeline = new ResiliencePipelineBuilder { Name = $"translation:{settings.Name}", TimeProvider = time }
            .AddTimeout(settings.Timeout * 2.5)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<ProviderException>(fault => fault.MayPass).Handle<TimeoutRejectedException>(),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = new PredicateBuilder().Handle<ProviderException>(fault => fault.IsDown).Handle<TimeoutRejectedException>(),
                OnOpened = _ => sign.Opened(),
                OnClosed = _ => sign.Closed(),
            })
            .AddTimeout(settings.Timeout)
            .Build();
    }

    public string Name { get; }

    public int MaxCharacters { get; }

    public ImmutableArray<MaskForm> Forms => _service.Forms;

    /// <summary>Whether it translates so; null when it does, else why not.</summary>
    public async ValueTask<string?> WhyNotAsync(LanguagePair pair, CancellationToken cancellation)
    {
        if (!_allowed.IsEmpty && !_allowed.Contains(pair))
            return $"is not used from {pair.From} to {pair.To}";
        var answer = _answer;
        if (answer is null || _time.GetElapsedTime(answer.At) > (answer.Fault is null ? PairsHold : FaultHolds))
            _answer = answer = await AskPairsAsync(cancellation);
        return answer.Fault ?? (answer.Pairs is null || answer.Pairs.Contains(pair) ? null : $"does not translate from {pair.From} to {pair.To}");
    }

    /// <summary>The service's own words for the text, or its fault.</summary>
    public ValueTask<(string? Text, string? Fault)> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation) =>
        GuardAsync(token => _service.TranslateAsync(pair, text, token), cancellation);

    // What waits or is under way ends in peace; nothing here holds more than memory.
    public void Dispose() => (_service as IDisposable)?.Dispose();

    private async ValueTask<Answer> AskPairsAsync(CancellationToken cancellation)
    {
        var (pairs, fault) = await GuardAsync(_service.PairsAsync, cancellation);
        return new Answer(pairs, fault, _time.GetTimestamp());
    }

    private async ValueTask<(T? Value, string? Fault)> GuardAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            var value = await _pipeline.ExecuteAsync(
                async token =>
                {
                    await _atOnce.WaitAsync(token);
                    try
                    {
                        return await ask(token);
                    }
                    finally
                    {
                        _atOnce.Release();
                    }
                },
                cancellation);
            return (value, null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (ProviderException fault)
        {
            return (default, fault.Message);
        }
        catch (TimeoutRejectedException)
        {
            return (default, "it did not answer in time");
        }
        catch (BrokenCircuitException)
        {
            return (default, "it kept failing and is left alone for a while");
        }
    }

    private sealed record Answer(FrozenSet<LanguagePair>? Pairs, string? Fault, long At);
}
