using CustomerService.Grains.Waiting;

namespace CustomerService.Simulation.Reports;

/// <summary>A centre so simple that its waits are known: equal agents, one queue, arrivals, handling and patience without memory.</summary>
/// <param name="Load">In erlangs: how many agents would be busy on average.</param>
/// <param name="Patience">The mean patience as a multiple of the mean handling time; null: endless.</param>
/// <param name="Days">How many days are played, each of its own.</param>
public sealed record ErlangCase(int Agents, double Load, double? Patience, int Days)
{
    /// <summary>The mean handling time; it only sets the scale.</summary>
    public const double HandleSeconds = 30;
}

/// <summary>What was drawn in the end. It differs a little from what was asked for, and the formulas are asked about this.</summary>
/// <param name="Load">In erlangs.</param>
/// <param name="HandleSeconds">The mean.</param>
/// <param name="PatienceSeconds">The mean; 0 where patience is endless.</param>
public readonly record struct ErlangDraw(double Load, double HandleSeconds, double PatienceSeconds);

/// <summary>What such a centre comes to.</summary>
/// <param name="Waits">0…1: the part of contacts that had to wait.</param>
/// <param name="MeanWait">In seconds, of all contacts, of those too who gave up.</param>
/// <param name="GivesUp">0…1.</param>
public readonly record struct ErlangFigures(double Waits, double MeanWait, double GivesUp);

/// <summary>A case as played.</summary>
/// <param name="Contacts">How many were counted.</param>
/// <param name="Margin">Half the width of the 95 % interval of each figure, from how the days differ.</param>
public sealed record ErlangResult(ErlangCase Case, long Contacts, ErlangDraw Drawn, ErlangFigures Played, ErlangFigures Margin)
{
    /// <summary>What the formulas say.</summary>
    public ErlangFigures Expected { get; } = Of(Case, Drawn);

    /// <summary>The largest deviation from the formulas, as a part of what they say: of the chance to wait and of the mean wait, and of those who give up.</summary>
    public double LargestDeviation
    {
        get
        {
            var waits = Math.Max(Off(Played.Waits, Expected.Waits), Off(Played.MeanWait, Expected.MeanWait));
            return Case.Patience is null ? waits : Math.Max(waits, Off(Played.GivesUp, Expected.GivesUp));

            static double Off(double played, double expected) => Math.Abs((played / expected) - 1);
        }
    }

    private static ErlangFigures Of(ErlangCase each, ErlangDraw drawn)
    {
        if (each.Patience is null)
            return new ErlangFigures(Erlang.C(each.Agents, drawn.Load), Erlang.MeanWait(each.Agents, drawn.Load, drawn.HandleSeconds), 0);
        var known = Erlang.A(each.Agents, drawn.Load, drawn.HandleSeconds, drawn.PatienceSeconds);
        return new ErlangFigures(known.Waits, known.MeanWaitSeconds, known.Abandons);
    }
}
