using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Expressions;

/// <summary>
/// Parses expressions by operator precedence: <c>if else</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons and
/// <c>in</c>, <c>+ -</c>, <c>* / %</c>, unary minus, then fields, indexes, slices, calls and lists.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Longest expression, in characters.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Deepest nesting of parentheses, brackets and choices.</summary>
    public const int MaxDepth = 50;

    /// <summary>Most operators, literals and names together; bounds what evaluating can cost.</summary>
    public const int MaxParts = 500;

    private readonly string _source;
    private readonly RootNames _roots;
    private readonly List<Token> _tokens;
    private readonly List<Reference> _references = [];
    private int _next;
    private int _depth;
    private int _parts;
    private bool _plain = true;

    private ExpressionParser(string source, int start, bool inTemplate, RootNames roots)
    {
        _source = source;
        _roots = roots;
        _tokens = new ExpressionLexer(source, inTemplate).Read(start);
    }

    /// <summary>Parses a bare expression, as conditions are.</summary>
    /// <exception cref="PipelineFormatException">It is no expression; the offset says where.</exception>
    public static ParsedExpression Parse(string source, RootNames roots) =>
        new ExpressionParser(source, 0, inTemplate: false, roots).ParseWhole(0, out _);

    /// <summary>Parses the inside of a template, from after <c>{{</c>; <paramref name="end"/> is the offset after <c>}}</c>.</summary>
    /// <exception cref="PipelineFormatException">It is no expression, or not closed; the offset says where.</exception>
    public static ParsedExpression ParseTemplate(string source, int start, RootNames roots, out int end) =>
        new ExpressionParser(source, start, inTemplate: true, roots).ParseWhole(start, out end);

    private ParsedExpression ParseWhole(int start, out int end)
    {
        if (Peek.Kind == TokenKind.End)
            throw new PipelineFormatException("the expression is empty", "write a name, like inputs.content", Peek.Start);
        var root = Choice();
        if (Peek.Kind != TokenKind.End)
            throw Unexpected();
        end = Peek.End;
        return new ParsedExpression(root, _references, _source[start..Peek.Start].Trim(), _plain && _references.Count == 1);
    }

    private Token Peek => _tokens[_next];

    private Expression Choice()
    {
        Enter();
        var then = Operators(0);
        if (TakeIf("if"))
        {
            var condition = Operators(0);
            then = Part(new ChoiceExpression(then, condition, TakeIf("else") ? Choice() : new ConstantExpression(null)));
        }

        _depth--;
        return then;
    }

    private Expression Operators(int atLeast)
    {
        var left = Unary(atLeast);
        while (OperatorHere() is { } found && found.Power >= atLeast)
        {
            _next += found.Words;
            var right = Operators(found.Power + 1);
            left = Part(found.Make(left, right));
            if (found.Power == ExpressionOperator.Comparison && OperatorHere() is { Power: ExpressionOperator.Comparison })
                throw new PipelineFormatException("comparisons can't be chained", "write a < b and b < c", Peek.Start);
        }

        return left;
    }

    private ExpressionOperator? OperatorHere()
    {
        if (Peek.Is("not") && _tokens[_next + 1].Is("in"))
            return ExpressionOperator.NotIn;
        return Peek.Kind is TokenKind.Symbol or TokenKind.Name ? ExpressionOperator.Find(Peek.Written) : null;
    }

    private Expression Unary(int atLeast)
    {
        if (Peek.Is("not"))
        {
            if (atLeast > ExpressionOperator.Not)
                throw Unexpected();
            _next++;
            Enter();
            var operand = Part(new NotExpression(Operators(ExpressionOperator.Not)));
            _depth--;
            return operand;
        }

        if (Peek.Is("-"))
        {
            _next++;
            Enter();
            var operand = Unary(ExpressionOperator.Highest);
            _depth--;
            return operand is ConstantExpression { Value: long or double } number
                ? new ConstantExpression(Values.Negate(number.Value))
                : Part(new NegativeExpression(operand));
        }

        return Postfix();
    }

    private Expression Postfix()
    {
        var begin = Peek;
        var (target, slot) = Primary();
        var reference = slot is { } known ? new Reference(begin.Written, known, begin.Start, null, begin.Start, begin.Written) : null;
        var dotted = true;
        while (true)
        {
            if (TakeIf("."))
            {
                var field = Peek;
                if (field.Kind != TokenKind.Name)
                    throw new PipelineFormatException($"a field's name is expected after the dot, not {field}", "write name.field, or name[0] for an item", field.Start);
                _next++;
                Field(field.Written, field.Start);
            }
            else if (TakeIf("["))
            {
                if (Peek.Kind == TokenKind.Text && _tokens[_next + 1].Is("]"))
                {
                    var key = Peek;
                    _next += 2;
                    Field(key.Written, key.Start);
                }
                else
                {
                    target = Part(Bracket(target));
                    dotted = false;
                }
            }
            else
            {
                break;
            }
        }

        if (reference is not null)
            _references.Add(reference with { Path = _source[begin.Start.._tokens[_next - 1].End] });
        return target;

        void Field(string name, int offset)
        {
            target = Part(new FieldExpression(target, name));
            if (dotted && reference is { Field: null })
                reference = reference with { Field = name, FieldOffset = offset };
        }
    }

    private Expression Bracket(Expression target)
    {
        Enter();
        Expression? from = Peek.Is(":") ? null : Choice();
        Expression result;
        if (TakeIf(":"))
        {
            result = new SliceExpression(target, from, Peek.Is("]") ? null : Choice());
            if (Peek.Is(":"))
                throw new PipelineFormatException("slices have no step", "write [from:to]", Peek.Start);
        }
        else
        {
            result = new IndexExpression(target, from!);
        }

        Take("]");
        _depth--;
        return result;
    }

    /// <summary>A literal, a name, a call or parentheses; with its slot if it is a root.</summary>
    private (Expression Expression, int? Slot) Primary()
    {
        var token = Peek;
        _next++;
        switch (token.Kind)
        {
            case TokenKind.Text:
                _plain = false;
                return (Part(new ConstantExpression(token.Written)), null);
            case TokenKind.Number:
                _plain = false;
                return (Part(new ConstantExpression(token.Number)), null);
            case TokenKind.Name when Literal(token.Written, out var literal):
                _plain = false;
                return (Part(new ConstantExpression(literal)), null);
            case TokenKind.Name when Peek.Is("("):
                return (Call(token), null);
            case TokenKind.Name when !RootNames.IsReserved(token.Written) || token.Written is "inputs" or "context":
                var slot = _roots.SlotOf(token.Written) ?? throw _roots.Unknown(token.Written, token.Start);
                return (Part(new RootExpression(slot)), slot);
            case TokenKind.Symbol when token.Written == "(":
                var inner = Choice();
                Take(")");
                return (inner, null);
            case TokenKind.Symbol when token.Written == "[":
                return (List(), null);
            default:
                _next--;
                throw Unexpected();
        }
    }

    /// <summary>The rest of a list, as in <c>tier in ['gold', 'platinum']</c>.</summary>
    private Expression List()
    {
        Enter();
        var items = Items("]");
        _depth--;
        return Part(new ListExpression([.. items]));
    }

    /// <summary>Expressions with commas between them, up to the symbol that ends them.</summary>
    private List<Expression> Items(string end)
    {
        var items = new List<Expression>();
        while (!TakeIf(end))
        {
            if (items.Count > 0)
                Take(",");
            items.Add(Choice());
        }

        return items;
    }

    private static bool Literal(string word, out object? value)
    {
        value = word switch
        {
            "true" or "True" => Values.Boxed(true),
            "false" or "False" => Values.Boxed(false),
            _ => null,
        };
        return value is not null || word is "null" or "none" or "None";
    }

    private Expression Call(Token name)
    {
        var function = ExpressionFunction.Find(name.Written, name.Start);
        Take("(");
        var arguments = Items(")");
        if (arguments.Count < function.Least || arguments.Count > function.Most)
            throw new PipelineFormatException($"{function.Name} takes {function.Arity}, not {arguments.Count}", $"write {function.Signature}", name.Start);
        return Part(new CallExpression(function, [.. arguments]));
    }

    private Expression Part(Expression expression)
    {
        if (expression is not (RootExpression or FieldExpression))
            _plain = false;
        return ++_parts <= MaxParts
            ? expression
            : throw new PipelineFormatException($"the expression has more than {MaxParts} parts", "split it over several tasks or context entries", _tokens[Math.Max(0, _next - 1)].Start);
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw new PipelineFormatException($"the expression is nested deeper than {MaxDepth} levels", "split it", Peek.Start);
    }

    private bool TakeIf(string word)
    {
        if (!Peek.Is(word))
            return false;
        _next++;
        return true;
    }

    private void Take(string symbol)
    {
        if (!TakeIf(symbol))
            throw new PipelineFormatException($"'{symbol}' is expected, not {Peek}", $"write {symbol} here", Peek.Start);
    }

    private PipelineFormatException Unexpected() => Peek.Kind == TokenKind.End
        ? new PipelineFormatException("the expression ends too early", "complete it", Peek.Start)
        : new PipelineFormatException($"{Peek} is not expected here", "check the expression before it; put texts in quotes", Peek.Start);
}
