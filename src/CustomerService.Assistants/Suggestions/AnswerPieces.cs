using System.Globalization;
using System.Text;

namespace CustomerService.Assistants.Suggestions;

/// <summary>Takes the answer's text out of a model's JSON while it still comes in, piece by piece.</summary>
internal sealed class AnswerPieces
{
    private const string Field = "\"answer\"";

    private readonly StringBuilder _before = new();
    private readonly StringBuilder _escape = new();
    private State _state = State.Before;

    private enum State
    {
        Before,
        Inside,
        After,
    }

    /// <summary>The characters of the answer that this piece of the reply brings; empty: none.</summary>
    public string Add(string piece)
    {
        var text = new StringBuilder();
        foreach (var letter in piece)
        {
            switch (_state)
            {
                case State.Before:
                    Look(letter);
                    break;
                case State.Inside when _escape.Length > 0:
                    Unescape(letter, text);
                    break;
                case State.Inside when letter == '\\':
                    _escape.Append(letter);
                    break;
                case State.Inside when letter == '"':
                    _state = State.After;
                    break;
                case State.Inside:
                    text.Append(letter);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Waits for <c>"answer": "</c>.</summary>
    private void Look(char letter)
    {
        _before.Append(letter);
        var seen = _before.ToString();
        var at = seen.IndexOf(Field, StringComparison.Ordinal);
        if (at < 0)
            return;
        var rest = seen.AsSpan(at + Field.Length).Trim();
        if (rest.Length >= 1 && rest[0] == ':' && rest[1..].TrimStart() is ['"', ..])
            _state = State.Inside;
    }

    private void Unescape(char letter, StringBuilder text)
    {
        _escape.Append(letter);
        if (_escape is { Length: < 6 } && _escape[1] == 'u')
            return;
        text.Append(_escape[1] switch
        {
            'u' when ushort.TryParse(_escape.ToString(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => (char)code,
            'n' => '\n',
            't' => '\t',
            'r' or 'b' or 'f' or 'u' => ' ',
            var other => other,
        });
        _escape.Clear();
    }
}
