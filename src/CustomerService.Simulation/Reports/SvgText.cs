using System.Globalization;
using System.Security;
using System.Text;

namespace CustomerService.Simulation.Reports;

/// <summary>Writes the few shapes that a plot is made of. Colours are classes, so that a page in the dark has its own.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _svg = new();

    public SvgText(double width, double height, string title, string style) => _svg
        .Append(Number($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif\">\n"))
        .Append("<title>").Append(Escape(title)).Append("</title>\n<style>").Append(style).Append("</style>\n")
        .Append(Number($"<rect class=\"paper\" width=\"{width:0}\" height=\"{height:0}\"/>\n"));

    public void Line(string kind, double x1, double y1, double x2, double y2) =>
        _svg.Append(Number($"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n"));

    public void Box(string kind, double x, double y, double width, double height, string? hint = null)
    {
        _svg.Append(Number($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\""));
        _svg.Append(hint is null ? "/>\n" : $"><title>{Escape(hint)}</title></rect>\n");
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Words(string kind, double x, double y, string anchor, string words) =>
        _svg.Append(Number($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">")).Append(Escape(words)).Append("</text>\n");

    /// <summary>A line through points; where one is missing, it breaks.</summary>
    public void Path(string kind, IEnumerable<(double X, double Y)?> points) => Path(kind, Pieces(points).Select(Through));

    /// <summary>The area between such a line and a level.</summary>
    public void Area(string kind, IEnumerable<(double X, double Y)?> points, double level) => Path(kind, Pieces(points).Select(piece =>
        Number($"M{piece[0].X:0.#} {level:0.#} L{piece[0].X:0.#} {piece[0].Y:0.#} ") + Through(piece)[1..] + Number($" L{piece[^1].X:0.#} {level:0.#} Z")));

    public override string ToString() => $"{_svg}</svg>\n";

    private void Path(string kind, IEnumerable<string> pieces) =>
        _svg.Append("<path class=\"").Append(kind).Append("\" d=\"").AppendJoin(' ', pieces).Append("\"/>\n");

    /// <summary>A point on its own is drawn as a dot: a line to itself, with round ends.</summary>
    private static string Through(List<(double X, double Y)> piece) =>
        "M" + string.Join(" L", (piece.Count == 1 ? [piece[0], piece[0]] : piece).Select(point => Number($"{point.X:0.#} {point.Y:0.#}")));

    private static IEnumerable<List<(double X, double Y)>> Pieces(IEnumerable<(double X, double Y)?> points)
    {
        var piece = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (point is { } here)
            {
                piece.Add(here);
                continue;
            }

            if (piece.Count > 0)
                yield return piece;
            piece = [];
        }

        if (piece.Count > 0)
            yield return piece;
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string words) => SecurityElement.Escape(words);
}
