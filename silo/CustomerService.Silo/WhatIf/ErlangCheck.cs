using CustomerService.Silo.CommandLine;
using CustomerService.Simulation.Reports;

namespace CustomerService.Silo.WhatIf;

/// <summary>Holds the simulation against what is known: centres so simple that Erlang's formulas say how long people wait.</summary>
internal static class ErlangCheck
{
    public static int Run(WhatIfSettings settings, CancellationToken cancellation)
    {
        var cases = ErlangComparison.Usual;
        var days = cases.Sum(each => each.Days);
        var progress = new ProgressLine("played");
        var report = new ErlangReport(ErlangComparison.Play(cases, settings.Seed, progress.Of<int>(played => $"{played} of {days} days"), cancellation));
        progress.End();
        Console.Write(report.ToString());
        return report.Agrees ? 0 : SiloCommandLine.Failed;
    }
}
