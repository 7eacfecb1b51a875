using System.Text;
using System.Text.Json;

namespace CustomerService.Integrations.Orders.Import;

/// <summary>One record of the file: <c>"section": { "key": { … } }</c>.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal readonly record struct JsonRecord(string Section, string Key, JsonElement Value, long Line);

/// <summary>
/// Reads a JSON object of objects of records, one record at a time, so that a file of any size fits in memory.
/// </summary>
internal sealed class JsonRecords(Stream stream) : IDisposable
{
    private const int LongestRecord = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _consumed;
    private bool _ended;
    private long _lines = 1;
    private JsonReaderState _state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    private bool _started;
    private string? _section;
    private string? _key;
    private JsonDocument? _document;

    /// <summary>Bytes of the file that have been read.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>The next record, or null at the end. The record lasts until the next call.</summary>
    /// <exception cref="JsonException">The text is not JSON of that shape; it says where.</exception>
    internal JsonRecord? Next()
    {
        while (true)
        {
            var found = Scan(out var needMore);
            if (found is not null || !needMore)
                return found;
            Fill();
        }
    }

    public void Dispose() => _document?.Dispose();

    // Reads tokens from what is buffered until a record is whole, the file has ended, or more bytes are needed.
    private JsonRecord? Scan(out bool needMore)
    {
        needMore = false;
        var buffered = _buffer.AsSpan(_consumed, _length - _consumed);
        var reader = new Utf8JsonReader(buffered, _ended, _state);
        JsonRecord? record = null;
        while (record is null)
        {
            var before = reader;
            if (!reader.Read())
            {
                needMore = !_ended;
                break;
            }
            if (!TakeToken(ref reader, buffered, out record))
            {
                reader = before;
                needMore = true;
                break;
            }
        }
        var used = (int)reader.BytesConsumed;
        _lines += buffered[..used].Count((byte)'\n');
        _consumed += used;
        _state = reader.CurrentState;
        return record;
    }

    // False when the token begins a record that is not wholly buffered yet.
    private bool TakeToken(ref Utf8JsonReader reader, ReadOnlySpan<byte> buffered, out JsonRecord? record)
    {
        record = null;
        var line = _lines + buffered[..(int)reader.TokenStartIndex].Count((byte)'\n');
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when _section is null:
                _section = reader.GetString();
                return true;
            case JsonTokenType.PropertyName:
                _key = reader.GetString();
                return true;
            case JsonTokenType.StartObject when _key is not null:
                if (!JsonDocument.TryParseValue(ref reader, out var document))
                    return false;
                _document?.Dispose();
                _document = document;
                record = new JsonRecord(_section!, _key, document.RootElement, line);
                _key = null;
                return true;
            case JsonTokenType.StartObject when !_started || _section is not null:
                _started = true;
                return true;
            case JsonTokenType.EndObject:
                _section = null;
                return true;
            default:
                throw Misshapen(line);
        }
    }

    private JsonException Misshapen(long line) => new(
        (_section, _key) switch
        {
            (null, _) => "the file must be one JSON object with 'products', 'users' and 'orders'.",
            (_, null) => $"$.{_section} must be an object that maps each id to its record.",
            _ => $"$.{_section}['{_key}'] must be an object.",
        },
        path: null, lineNumber: line - 1, bytePositionInLine: null);

    private void Fill()
    {
        if (_consumed > 0)
        {
            Buffer.BlockCopy(_buffer, _consumed, _buffer, 0, _length - _consumed);
            _length -= _consumed;
            _consumed = 0;
        }
        else if (_length == _buffer.Length)
        {
            if (_length >= LongestRecord)
                throw new JsonException($"one record is longer than {LongestRecord:N0} bytes.", path: null, lineNumber: _lines - 1, bytePositionInLine: null);
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var first = BytesRead == 0;
        var read = stream.Read(_buffer, _length, _buffer.Length - _length);
        _ended = read == 0;
        _length += read;
        BytesRead += read;
        if (first && _buffer.AsSpan(0, _length).StartsWith(Encoding.UTF8.Preamble))
            _consumed = Encoding.UTF8.Preamble.Length;
    }
}
