using System.Globalization;
using System.Text;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>Cuts an expression into words.</summary>
/// <param name="source">The text that the expression stands in.</param>
/// <param name="inTemplate">It ends at <c>}}</c>, which must come; otherwise it ends with the text.</param>
internal sealed class ExpressionLexer(string source, bool inTemplate)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ".", ",", ":"];

    private int _start;
    private int _at;

    /// <summary>The words from an offset on, with <see cref="TokenKind.End"/> last.</summary>
    /// <exception cref="PipelineFormatException">A character or a literal that no expression has.</exception>
    public List<Token> Read(int start)
    {
        _start = _at = start;
        var tokens = new List<Token>();
        while (true)
        {
            var token = Next();
            tokens.Add(token);
            if (token.Kind == TokenKind.End)
                return tokens;
            if (token.End - start > ExpressionParser.MaxLength)
                throw new PipelineFormatException($"the expression is longer than {ExpressionParser.MaxLength:N0} characters", "split it over several tasks or context entries", start);
        }
    }

    private Token Next()
    {
        while (_at < source.Length && char.IsWhiteSpace(source[_at]))
            _at++;
        var begin = _at;
        if (begin == source.Length)
        {
            return inTemplate
                ? throw new PipelineFormatException("the template is not closed", "write }} after the expression", _start - 2)
                : new Token(TokenKind.End, "", null, begin, begin);
        }

        if (inTemplate && source.AsSpan(begin).StartsWith("}}"))
            return new Token(TokenKind.End, "", null, begin, begin + 2);
        var first = source[begin];
        if (char.IsAsciiLetter(first) || first == '_')
            return Name(begin);
        if (char.IsAsciiDigit(first))
            return Number(begin);
        if (first is '\'' or '"')
            return Text(begin, first);
        foreach (var symbol in Symbols)
        {
            if (source.AsSpan(begin).StartsWith(symbol))
            {
                _at = begin + symbol.Length;
                return new Token(TokenKind.Symbol, symbol, null, begin, _at);
            }
        }

        throw Unknown(first, begin);
    }

    private Token Name(int begin)
    {
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_'))
            _at++;
        return new Token(TokenKind.Name, source[begin.._at], null, begin, _at);
    }

    private Token Number(int begin)
    {
        Digits();
        if (_at + 1 < source.Length && source[_at] == '.' && char.IsAsciiDigit(source[_at + 1]))
        {
            _at++;
            Digits();
        }

        if (_at < source.Length && source[_at] is 'e' or 'E')
        {
            var exponent = _at;
            _at++;
            if (_at < source.Length && source[_at] is '+' or '-')
                _at++;
            if (_at == source.Length || !char.IsAsciiDigit(source[_at]))
                throw new PipelineFormatException("a number's exponent has no digits", "write it like 1e6", exponent);
            Digits();
        }

        if (_at < source.Length && (char.IsAsciiLetter(source[_at]) || source[_at] == '_'))
            throw new PipelineFormatException($"'{source[begin..(_at + 1)]}' is neither a number nor a name", "begin names with a letter", begin);
        var written = source[begin.._at];
        var value = long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? (object)whole
            : double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value is double number && !double.IsFinite(number)
            ? throw new PipelineFormatException($"the number {written} is too large", "write a smaller one", begin)
            : new Token(TokenKind.Number, written, value, begin, _at);
    }

    private void Digits()
    {
        while (_at < source.Length && char.IsAsciiDigit(source[_at]))
            _at++;
    }

    private Token Text(int begin, char quote)
    {
        var text = new StringBuilder();
        for (_at = begin + 1; _at < source.Length; _at++)
        {
            var next = source[_at];
            if (next == quote)
            {
                _at++;
                return new Token(TokenKind.Text, text.ToString(), null, begin, _at);
            }

            text.Append(next == '\\' ? Escaped() : next);
        }

        throw new PipelineFormatException("a text is not closed", $"write {quote} at its end", begin);
    }

    private char Escaped()
    {
        _at++;
        if (_at < source.Length)
        {
            switch (source[_at])
            {
                case '\\' or '\'' or '"':
                    return source[_at];
                case 'n':
                    return '\n';
                case 't':
                    return '\t';
                case 'u' when _at + 4 < source.Length
                    && ushort.TryParse(source.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    _at += 4;
                    return (char)code;
            }
        }

        throw new PipelineFormatException("an unknown escape in a text", @"write \\ for a backslash; known are \n \t \' \"" \uXXXX", _at - 1);
    }

    private static PipelineFormatException Unknown(char first, int at) => first switch
    {
        '|' => new PipelineFormatException("filters (|) are not supported", "call a function: default(value, 'x'), lower(value), join(list, ', ')", at),
        '=' => new PipelineFormatException("'=' assigns nothing here", "write == to compare", at),
        '!' => new PipelineFormatException("'!' is not an operator", "write not, or !=", at),
        '&' => new PipelineFormatException("'&' is not an operator", "write and", at),
        '{' or '}' => new PipelineFormatException($"'{first}' does not belong into an expression", "close a template with }} and write maps as YAML", at),
        '~' => new PipelineFormatException("'~' is not an operator", "put two templates side by side to join texts", at),
        _ => new PipelineFormatException($"the character '{first}' does not belong into an expression", "put texts in quotes", at),
    };
}
