using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>
/// The figures about chat models, by OpenTelemetry's names for them: <c>gen_ai.client.token.usage</c>, <c>gen_ai.client.operation.duration</c>,
/// <c>gen_ai.client.operation.time_to_first_chunk</c>; and ours: <c>model_cost</c>, <c>model_refusals</c>, <c>model_tool_calls</c>.
/// </summary>
public sealed class ModelInstruments : IDisposable
{
    public const string MeterName = "CustomerService.Models";

    private readonly Meter _meter;
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstChunk;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _toolCalls;

    public ModelInstruments(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        double[] seconds = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 12, 20, 30];
        _tokens = _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens that calls of chat models read and wrote.", null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [16, 64, 256, 1_024, 4_096, 16_384, 65_536] });
        _duration = _meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long calls of chat models took, with all attempts.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = seconds });
        _firstChunk = _meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s", "How long until the first piece of a chat model's reply.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = seconds });
        _cost = _meter.CreateCounter<double>("model_cost", "{USD}", "What calls of chat models cost in US dollars, where prices are known.");
        _refusals = _meter.CreateCounter<long>("model_refusals", "{call}", "Calls of chat models that were not made, by the reason.");
        _toolCalls = _meter.CreateCounter<long>("model_tool_calls", "{call}", "Tools that chat models asked for, by what came of it.");
    }

    internal void Count(ModelRole role, ChatReply reply)
    {
        var tags = new TagList { { "gen_ai.operation.name", "chat" }, { "gen_ai.provider.name", role.Provider }, { "gen_ai.request.model", role.Model } };
        if (reply.InputTokens > 0)
            _tokens.Record(reply.InputTokens, [.. tags, new("gen_ai.token.type", "input")]);
        if (reply.OutputTokens > 0)
            _tokens.Record(reply.OutputTokens, [.. tags, new("gen_ai.token.type", "output")]);
        if (reply.FirstToken is { } first)
            _firstChunk.Record(first, tags);
        if (reply.Cost is { } cost)
            _cost.Add((double)cost, tags);
        if (reply.ErrorType is { } error)
            tags.Add("error.type", error);
        _duration.Record(reply.Seconds, tags);
    }

    /// <param name="reason"><c>conversation_budget</c>, <c>day_budget</c> or <c>no_time</c>.</param>
    internal void CountRefusal(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <param name="tool">A name that exists, or <c>unknown</c>: a model may ask for anything.</param>
    internal void CountTool(string tool, string outcome) =>
        _toolCalls.Add(1, new KeyValuePair<string, object?>("tool", tool), new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
