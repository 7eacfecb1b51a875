using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Circuits;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Polly;
using Polly.CircuitBreaker;

namespace CustomerService.Mcp.Outside;

/// <summary>
/// The way to one server: made when it is first needed and again when it broke, with a time limit for each call, and a breaker that leaves a
/// server alone for a while that fails again and again.
/// </summary>
internal sealed class OutsideConnection(OutsideServer server, Func<string, string?> environment, TimeProvider time) : IAsyncDisposable
{
    private const long LongestAnswer = 1_000_000;

    /// <summary>After this long the server is asked again what its tools are.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _making = new(1, 1);
    private McpClient? _client;
    private Offer? _offer;

    private readonly ResiliencePipeline _guard = Guard(new CircuitSign("tools", server.Name), server.Timeout, time);

    /// <summary>What the server offers, as it says now, or said within the last minute.</summary>
    public ValueTask<FrozenDictionary<string, OfferedTool>> OfferedAsync(CancellationToken cancellation) =>
        _guard.ExecuteAsync(async stop => (await OfferAsync(stop)).Tools, cancellation);

    /// <param name="wanted">The tool, in the words in which it was approved.</param>
    /// <param name="arguments">By name.</param>
    /// <param name="key">The same for a repeated call; it goes along as metadata, for servers that do things once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null: the server has no such tool, or describes it in other words now.</returns>
    public ValueTask<CallToolResult?> CallAsync(OfferedTool wanted, IReadOnlyDictionary<string, object?> arguments, string key, CancellationToken cancellation) =>
        _guard.ExecuteAsync<CallToolResult?>(
            async stop =>
            {
                var offer = await OfferAsync(stop);
                if (offer.Tools.GetValueOrDefault(wanted.Name) is not { } offered || offered.Fingerprint() != wanted.Fingerprint())
                    return null;
                try
                {
                    return await offer.Client.CallToolAsync(wanted.Name, arguments, options: new RequestOptions { Meta = new JsonObject { ["idempotencyKey"] = key } }, cancellationToken: stop);
                }
                catch (Exception fault) when (fault is not McpProtocolException)
                {
                    await ForgetAsync(offer.Client);
                    throw;
                }
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
            await ForgetAsync(client);
        _making.Dispose();
    }

    private static ResiliencePipeline Guard(CircuitSign sign, TimeSpan timeout, TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 4,
            SamplingDuration = TimeSpan.FromSeconds(60),
            BreakDuration = TimeSpan.FromSeconds(30),
            // A server that answers with an error is well.
            ShouldHandle = new PredicateBuilder().Handle<Exception>(fault => fault is not (McpProtocolException or OperationCanceledException)),
            OnOpened = _ => sign.Opened(),
            OnClosed = _ => sign.Closed(),
        })
        .AddTimeout(timeout)
        .Build();

    private async Task<Offer> OfferAsync(CancellationToken cancellation)
    {
        await _making.WaitAsync(cancellation);
        try
        {
            if (_offer is { } known && time.GetUtcNow() - known.At < Fresh)
                return known;
            _client ??= await McpClient.CreateAsync(Transport(), cancellationToken: cancellation);
            try
            {
                var tools = await _client.ListToolsAsync(cancellationToken: cancellation);
                var offered = tools.Where(tool => server.Allowed.Contains(tool.Name)).DistinctBy(tool => tool.Name)
                    .ToFrozenDictionary(tool => tool.Name, tool => new OfferedTool(tool.Name, tool.Description, tool.JsonSchema.Clone()), StringComparer.Ordinal);
                return _offer = new Offer(_client, offered, time.GetUtcNow());
            }
            catch
            {
                await ForgetAsync(_client);
                throw;
            }
        }
        finally
        {
            _making.Release();
        }
    }

    private async ValueTask ForgetAsync(McpClient client)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _client, null, client), client))
            _offer = null;
        try
        {
            await client.DisposeAsync();
        }
#pragma warning disable CA1031 // It broke; whatever it says at its end is of no use.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private IClientTransport Transport()
    {
        var key = server.KeyVariable is { } variable
            ? environment(variable) ?? throw new InvalidOperationException($"{variable} is not set: it is the key for {server.Name}.")
            : null;
        if (server.Url is { } url)
        {
            var options = new HttpClientTransportOptions { Endpoint = url, Name = server.Name, TransportMode = HttpTransportMode.StreamableHttp, ConnectionTimeout = server.Timeout, EnableStandaloneGetStream = false };
            if (key is not null)
                options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key };
            return new HttpClientTransport(options, new HttpClient(new LimitedAnswers(LongestAnswer)) { Timeout = Timeout.InfiniteTimeSpan }, ownsHttpClient: true);
        }

        // The program sees none of our secrets but its own.
        var program = new StdioClientTransportOptions { Command = server.Command!, Arguments = [.. server.Arguments], Name = server.Name, InheritEnvironmentVariables = false };
        program.EnvironmentVariables = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        if (key is not null)
            program.EnvironmentVariables[server.KeyVariable!] = key;
        return new StdioClientTransport(program);
    }

    private sealed record Offer(McpClient Client, FrozenDictionary<string, OfferedTool> Tools, DateTimeOffset At);
}
