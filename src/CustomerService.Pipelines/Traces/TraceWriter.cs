using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Expressions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.Pipelines.Traces;

/// <summary>
/// Writes traces straight to JSON. A parameter that is just another task's output is written as its path (under
/// <c>from</c>), since the output itself is in the same trace.
/// </summary>
internal sealed class TraceWriter : IDisposable
{
    /// <summary>How deep values are written.</summary>
    private const int MaxDepth = 8;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    private readonly Utf8JsonWriter _writer;

    /// <summary>Bytes that the current task's values may still take.</summary>
    private long _left;

    private readonly Func<string, string> _redact;

    private TraceWriter(IBufferWriter<byte> buffer, Func<string, string> redact) => (_writer, _redact) = (new Utf8JsonWriter(buffer, PlainJson.Compact), redact);

    public static string Write(PipelineTrace trace, Func<string, string> redact)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(PipelineTrace.MaxBytes + 4_096);
        buffer.ResetWrittenCount();
        using var writer = new TraceWriter(buffer, redact);
        writer.WriteTrace(trace);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public void Dispose() => _writer.Dispose();

    private void WriteTrace(PipelineTrace trace)
    {
        var share = PipelineTrace.MaxBytes / Math.Max(1, trace.Tasks.Length);

        _writer.WriteStartObject();
        _writer.WriteString("pipeline"u8, trace.Pipeline);
        _writer.WriteString("version"u8, trace.Version);
        _writer.WriteString("started"u8, trace.StartedAt);
        _writer.WriteNumber("us"u8, trace.Duration);
        if (trace.Failure is not null)
            _writer.WriteString("failure"u8, Cut(_redact(trace.Failure), PipelineTrace.MaxText));
        _writer.WriteStartArray("tasks"u8);
        foreach (var task in trace.Tasks)
        {
            _left += share;
            WriteTask(task);
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
    }

    private void WriteTask(TaskTrace task)
    {
        var before = Written;
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, task.Id);
        _writer.WriteString("action"u8, task.Action);
        _writer.WriteString("outcome"u8, Word(task.Outcome));
        _writer.WriteNumber("at"u8, task.StartedAt);
        _writer.WriteNumber("us"u8, task.Duration);
        if (task.Attempts != 1)
            _writer.WriteNumber("attempts"u8, task.Attempts);
        if (task.Reason is not null)
            _writer.WriteString("why"u8, Cut(_redact(task.Reason), PipelineTrace.MaxText));
        if (task.Note is not null)
            _writer.WriteString("note"u8, Cut(_redact(task.Note), PipelineTrace.MaxText));
        if (task.Models.Count > 0)
            WriteModels(task.Models);
        _left -= Written - before;

        WriteFields("out", task.Outputs);
        WriteParameters(task);
        _writer.WriteEndObject();
    }

    private void WriteModels(IReadOnlyList<ModelUse> models)
    {
        _writer.WriteStartArray("models"u8);
        foreach (var use in models)
        {
            _writer.WriteStartObject();
            _writer.WriteString("role"u8, use.Role);
            _writer.WriteString("provider"u8, use.Provider);
            _writer.WriteString("model"u8, use.Model);
            _writer.WriteNumber("input_tokens"u8, use.InputTokens);
            _writer.WriteNumber("output_tokens"u8, use.OutputTokens);
            if (use.Cost is { } cost)
                _writer.WriteNumber("cost"u8, cost);
            if (use.Prompt is not null)
                _writer.WriteString("prompt"u8, use.Prompt);
            if (use.Seconds > 0)
                _writer.WriteNumber("seconds"u8, Math.Round(use.Seconds, 3));
            if (use.FirstToken is { } first)
                _writer.WriteNumber("first_token"u8, Math.Round(first, 3));
            if (use.Fault is not null)
                _writer.WriteString("fault"u8, Cut(use.Fault, PipelineTrace.MaxText));
            if (!use.Tools.IsEmpty)
                WriteTools(use.Tools);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteTools(ImmutableArray<ToolUse> tools)
    {
        _writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            _writer.WriteStartObject();
            _writer.WriteString("tool"u8, Cut(tool.Tool, 100));
            _writer.WriteString("outcome"u8, tool.Outcome);
            _writer.WriteStartArray("arguments"u8);
            foreach (var name in tool.Arguments)
                _writer.WriteStringValue(Cut(name, 100));
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteFields(string name, IReadOnlyDictionary<string, object?>? fields)
    {
        if (fields is null)
            return;
        _writer.WritePropertyName(name);
        WriteValue(fields, 0);
    }

    private void WriteParameters(TaskTrace task)
    {
        if (task.Task is not { } planned)
        {
            if (task.Parameters.Count > 0)
                WriteFields("in", task.Parameters);
            return;
        }

        var own = new List<KeyValuePair<string, object?>>(task.Parameters.Count);
        var from = false;
        foreach (var parameter in planned.Parameters)
        {
            if (!task.Parameters.TryGetValue(parameter.Name, out var value))
                continue;
            if (parameter.Value is PlannedExpression { Path: { } path })
                WriteFrom(ref from, parameter.Name, path);
            else if (parameter.Value is PlannedMap map && map.Entries.All(entry => entry.Value is PlannedExpression { Path: not null } && !entry.Key.Contains('.', StringComparison.Ordinal)))
            {
                foreach (var (key, entry) in map.Entries)
                    WriteFrom(ref from, $"{parameter.Name}.{key}", ((PlannedExpression)entry).Path!);
            }
            else
            {
                own.Add(KeyValuePair.Create(parameter.Name, value));
            }
        }

        if (from)
            _writer.WriteEndObject();
        if (own.Count == 0)
            return;
        _writer.WriteStartObject("in"u8);
        foreach (var (name, value) in own)
        {
            _writer.WritePropertyName(name);
            WriteValue(value, 1);
        }

        _writer.WriteEndObject();
    }

    private void WriteFrom(ref bool begun, string name, string path)
    {
        if (!begun)
            _writer.WriteStartObject("from"u8);
        begun = true;
        _writer.WriteString(name, path);
        _left -= name.Length + path.Length + 6;
    }

    private void WriteValue(object? value, int depth)
    {
        switch (value)
        {
            case string text:
                var kept = Cut(_redact(text), (int)Math.Clamp(_left, 40, PipelineTrace.MaxText));
                _left -= kept.Length + 3;
                _writer.WriteStringValue(kept);
                break;
            case AutoValue auto:
                WriteValue($"AUTO {auto.Instruction}", depth);
                break;
            case IReadOnlyCollection<KeyValuePair<string, object?>> map when depth < MaxDepth:
                WriteMap(map, depth);
                break;
            case IReadOnlyCollection<object?> list when depth < MaxDepth:
                WriteList(list, depth);
                break;
            case IReadOnlyCollection<KeyValuePair<string, object?>> or IReadOnlyCollection<object?>:
                _writer.WriteStringValue("…");
                break;
            default:
                _left -= 6;
                PlainJson.WriteScalar(_writer, value);
                break;
        }
    }

    private void WriteMap(IReadOnlyCollection<KeyValuePair<string, object?>> map, int depth)
    {
        _writer.WriteStartObject();
        var written = 0;
        foreach (var (key, value) in map)
        {
            if (_left <= 0)
            {
                _writer.WriteString("…", More(map.Count - written));
                break;
            }

            var name = Cut(key, 100);
            _left -= name.Length + 4;
            _writer.WritePropertyName(name);
            WriteValue(value, depth + 1);
            written++;
        }

        _writer.WriteEndObject();
    }

    private void WriteList(IReadOnlyCollection<object?> list, int depth)
    {
        _writer.WriteStartArray();
        var written = 0;
        foreach (var item in list)
        {
            if (_left <= 0)
            {
                _writer.WriteStringValue("… " + More(list.Count - written));
                break;
            }

            WriteValue(item, depth + 1);
            written++;
        }

        _writer.WriteEndArray();
    }

    private long Written => _writer.BytesCommitted + _writer.BytesPending;

    internal static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… (+{text.Length - end} characters)");
    }

    private static string More(int count) => string.Create(CultureInfo.InvariantCulture, $"(+{count} more)");

    private static string Word(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Done => "done",
        TaskOutcome.Skipped => "skipped",
        TaskOutcome.Failed => "failed",
        _ => "not_run",
    };
}
