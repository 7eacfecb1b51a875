using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CustomerService.Simulation.Reports;

/// <summary>The comparison with Erlang's formulas as a text.</summary>
public sealed record ErlangReport(ImmutableArray<ErlangResult> Results)
{
    /// <summary>How far the figures may part from the formulas, as a part of what these say.</summary>
    public const double Tolerance = 0.03;

    public bool Agrees => Results.All(result => result.LargestDeviation <= Tolerance);

    public override string ToString()
    {
        var text = new StringBuilder("Simple centres played through the real conversations, queues and agents, beside Erlang's formulas\n")
            .Append(Invariant($"(handling {ErlangCase.HandleSeconds:0} s on average; ± is the 95 % interval; Erlang is asked about the arrivals, handling times and patience that were drawn)\n\n"));
        var table = new TextTable("agents, load", "contacts", "waits", "±", "Erlang", "off", "mean wait", "±", "Erlang", "off", "gives up", "±", "Erlang", "off");
        foreach (var result in Results)
        {
            var (played, margin, expected) = (result.Played, result.Margin, result.Expected);
            string[] givesUp = result.Case.Patience is null
                ? ["", "", "", ""]
                : [Invariant($"{played.GivesUp:0.0000}"), Invariant($"{margin.GivesUp:0.0000}"), Invariant($"{expected.GivesUp:0.0000}"), Off(played.GivesUp, expected.GivesUp)];
            table.Add(
            [
                Invariant($"{result.Case.Agents}, {result.Case.Load:0.##} erlang{(result.Case.Patience is { } patience ? Invariant($", patience {patience:0.#}×") : "")}"),
                Invariant($"{result.Contacts:N0}"),
                Invariant($"{played.Waits:0.0000}"), Invariant($"{margin.Waits:0.0000}"), Invariant($"{expected.Waits:0.0000}"), Off(played.Waits, expected.Waits),
                Invariant($"{played.MeanWait:0.00} s"), Invariant($"{margin.MeanWait:0.00}"), Invariant($"{expected.MeanWait:0.00} s"), Off(played.MeanWait, expected.MeanWait),
                .. givesUp,
            ]);
        }

        var largest = Results.Max(result => result.LargestDeviation);
        return text.Append(table).Append(Invariant(Agrees
            ? (FormattableString)$"\nEverything agrees with Erlang C (and A where people give up) within {Tolerance * 100:0} %: at most {largest * 100:0.0} % off.\n"
            : $"\nNOT within {Tolerance * 100:0} % of the formulas: {largest * 100:0.0} % off.\n")).ToString();
    }

    private static string Off(double played, double expected) => Invariant($"{(played / expected - 1) * 100:+0.0;-0.0;0.0} %");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
