namespace CustomerService.Grains.Waiting;

/// <summary>
/// Erlang's formulas for <em>N</em> equal agents, random (Poisson) arrivals and exponential handling times. The load is in erlangs: arrivals
/// per second times seconds of handling, thus the number of agents who would be busy on average. Stable to ten thousand agents.
/// </summary>
public static class Erlang
{
    /// <summary>Erlang B: the part of arrivals, 0…1, that finds everybody busy when nobody waits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Agents or load are negative.</exception>
    public static double B(int agents, double load)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(load);

        // By recursion on the agents: the closed form's factorials leave the range of a double at 170 agents.
        var blocked = 1d;
        for (var busy = 1; busy <= agents; busy++)
            blocked = load * blocked / (busy + (load * blocked));
        return blocked;
    }

    /// <summary>Erlang C: the part of arrivals, 0…1, that has to wait when everybody waits with endless patience; 1 when the load is too much.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Agents or load are negative.</exception>
    public static double C(int agents, double load)
    {
        var blocked = B(agents, load);
        return load >= agents ? 1 : blocked / (1 - (load / agents * (1 - blocked)));
    }

    /// <summary>Erlang C: the part of arrivals, 0…1, that waits longer than so many seconds.</summary>
    /// <param name="handleSeconds">The mean handling time.</param>
    public static double WaitExceeds(int agents, double load, double handleSeconds, double seconds) =>
        load >= agents ? 1 : C(agents, load) * Math.Exp(-(agents - load) * Math.Max(0, seconds) / handleSeconds);

    /// <summary>Erlang C: the part of arrivals, 0…1, that is served within so many seconds.</summary>
    /// <param name="handleSeconds">The mean handling time.</param>
    public static double ServiceLevel(int agents, double load, double handleSeconds, double withinSeconds) =>
        1 - WaitExceeds(agents, load, handleSeconds, withinSeconds);

    /// <summary>Erlang C: the mean wait of all arrivals (the average speed of answer), in seconds; infinite when the load is too much.</summary>
    /// <param name="handleSeconds">The mean handling time.</param>
    public static double MeanWait(int agents, double load, double handleSeconds) =>
        load >= agents ? double.PositiveInfinity : C(agents, load) * handleSeconds / (agents - load);

    /// <summary>Erlang A: the same with customers who leave when their patience, exponential too, is over.</summary>
    /// <param name="handleSeconds">The mean handling time.</param>
    /// <param name="patienceSeconds">The mean patience. The work grows with it when there are too few agents.</param>
    /// <exception cref="ArgumentOutOfRangeException">Agents or load are negative, or a time is not above zero.</exception>
    public static Abandonment A(int agents, double load, double handleSeconds, double patienceSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(handleSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patienceSeconds);
        var blocked = B(agents, load);
        if (blocked == 0 || load == 0)
            return default;

        // Relative to the state in which all are busy and nobody waits; with it, all states below add up to 1/B.
        var leaving = handleSeconds / patienceSeconds;
        var (below, state, waiting, length) = ((1 / blocked) - 1, 1d, 1d, 0d);
        for (var line = 1L; ; line++)
        {
            var ratio = load / (agents + (line * leaving));
            state *= ratio;
            waiting += state;
            length += line * state;
            if (ratio < 1 && line * state <= 1e-16 * length)
                break;

            // A long line that is likelier than anything else leaves the range of a double too.
            if (waiting > 1e200)
                (below, state, waiting, length) = (below * 1e-200, state * 1e-200, waiting * 1e-200, length * 1e-200);
        }

        var all = below + waiting;
        var meanLine = length / all;
        return new Abandonment(waiting / all, meanLine * leaving / load, meanLine * handleSeconds / load);
    }
}

/// <summary>What Erlang A says.</summary>
/// <param name="Waits">The part of arrivals, 0…1, that has to wait.</param>
/// <param name="Abandons">The part of arrivals, 0…1, that leaves unserved.</param>
/// <param name="MeanWaitSeconds">The mean wait of all arrivals, of those too who leave.</param>
public readonly record struct Abandonment(double Waits, double Abandons, double MeanWaitSeconds);
