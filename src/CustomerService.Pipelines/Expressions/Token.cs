namespace CustomerService.Pipelines.Expressions;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>One word of an expression.</summary>
/// <param name="Written">A name, a symbol, or a text with its escapes undone.</param>
/// <param name="Number">A number's value: long or double.</param>
/// <param name="Start">Its first character's offset.</param>
/// <param name="End">The offset after its last character.</param>
internal readonly record struct Token(TokenKind Kind, string Written, object? Number, int Start, int End)
{
    public bool Is(string symbolOrWord) =>
        Kind is TokenKind.Symbol or TokenKind.Name && Written == symbolOrWord;

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Written}'";
}
