using System.Collections.Immutable;

namespace CustomerService.AgentConsole.Figures;

/// <summary>How high a chart of counts goes, and where its lines are: at round numbers.</summary>
/// <param name="Most">The value at the top.</param>
/// <param name="Lines">From low to high, the top with them.</param>
internal sealed record ChartScale(int Most, ImmutableArray<int> Lines)
{
    public static ChartScale For(int highest)
    {
        var step = 1;
        for (var i = 0; step * 4 < highest; i++)
            step = (i % 3) switch { 0 => step * 2, 1 => step / 2 * 5, _ => step * 2 };
        return new ChartScale(step * 4, [step, step * 2, step * 3, step * 4]);
    }
}
