using System.Text;

namespace CustomerService.Simulation.Reports;

/// <summary>Columns that line up: the first to the left, the others to the right.</summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<string[]> _rows = [headers];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = Enumerable.Range(0, headers.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = new StringBuilder("  ").Append(row[0].PadRight(widths[0]));
            for (var column = 1; column < row.Length; column++)
                line.Append("  ").Append(row[column].PadLeft(widths[column]));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
