using YamlDotNet.Core;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Finds a scalar's characters again in the file, so that a message about a template points into it.</summary>
internal sealed class ScalarSource(string file, int start)
{
    /// <param name="scalar">The scalar that starts here.</param>
    /// <param name="style">How it is written in the file.</param>
    /// <param name="offset">A place in its text.</param>
    public SourcePosition PositionOf(YamlScalar scalar, ScalarStyle style, int offset) => style switch
    {
        ScalarStyle.Plain => InLine(scalar, offset, 0, _ => 1),
        ScalarStyle.SingleQuoted => InLine(scalar, offset, 1, at => file[at] == '\'' ? 2 : 1),
        ScalarStyle.DoubleQuoted => InLine(scalar, offset, 1, DoubleQuotedStep),
        ScalarStyle.Literal => InBlock(scalar, offset),
        _ => scalar.At, // a folded text's lines are joined; its start has to do
    };

    private SourcePosition InLine(YamlScalar scalar, int offset, int opening, Func<int, int> step)
    {
        var at = start + opening;
        for (var i = 0; i < offset; i++)
        {
            if (at >= file.Length || file[at] is '\n' or '\r')
                return scalar.At;
            at += step(at);
        }

        return at <= file.Length && file.AsSpan(start, at - start).IndexOf('\n') < 0
            ? scalar.At with { Column = scalar.At.Column + at - start }
            : scalar.At;
    }

    private int DoubleQuotedStep(int at) => file[at] != '\\' || at + 1 >= file.Length ? 1 : file[at + 1] switch
    {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        _ => 2,
    };

    private SourcePosition InBlock(YamlScalar scalar, int offset)
    {
        var before = scalar.Text.AsSpan(0, Math.Min(offset, scalar.Text.Length));
        var line = before.Count('\n');
        var column = before.Length - (before.LastIndexOf('\n') + 1);
        var rest = file.AsSpan(start);
        for (var i = 0; i <= line; i++)
        {
            var end = rest.IndexOf('\n');
            if (end < 0)
                return scalar.At;
            rest = rest[(end + 1)..];
        }

        // The block's indentation is that of its first line that is not empty; its text keeps what is beyond it.
        var written = scalar.Text.Split('\n')[line];
        var sourceLine = rest.IndexOf('\n') is var stop and >= 0 ? rest[..stop] : rest;
        var indent = sourceLine.IndexOf(written, StringComparison.Ordinal);
        return indent < 0 ? scalar.At : new SourcePosition(scalar.At.Line + 1 + line, indent + column + 1);
    }
}
