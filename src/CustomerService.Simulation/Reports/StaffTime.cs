using CustomerService.Simulation.Centre;

namespace CustomerService.Simulation.Reports;

/// <summary>How busy agents were, by queue and over the day. An agent counts for each queue that they serve, not for those where they only help.</summary>
internal sealed class StaffTime
{
    private readonly CentreLog _log;
    private readonly double[][] _available;
    private readonly double[][] _busy;

    public StaffTime(CentreLog log, DateTimeOffset first, TimeSpan step, int steps)
    {
        _log = log;
        _available = [.. log.Roster.Agents.Select(_ => new double[steps])];
        _busy = [.. log.Roster.Agents.Select(_ => new double[steps])];
        foreach (var span in log.AgentTime.Where(span => span.Doing != AgentDoing.Away))
        {
            for (var place = (int)((span.From - first) / step); place < steps; place++)
            {
                var (begins, ends) = (first + (step * place), first + (step * (place + 1)));
                if (begins >= span.Until)
                    break;
                var seconds = ((span.Until < ends ? span.Until : ends) - (span.From > begins ? span.From : begins)).TotalSeconds;
                _available[span.Agent][place] += seconds;
                if (span.Doing != AgentDoing.Idle)
                    _busy[span.Agent][place] += seconds;
            }
        }
    }

    /// <param name="queue">Null: of all agents.</param>
    public double? Occupancy(string? queue)
    {
        var (busy, available) = Agents(queue).Aggregate((0d, 0d), (sum, agent) => (sum.Item1 + _busy[agent].Sum(), sum.Item2 + _available[agent].Sum()));
        return available > 0 ? busy / available : null;
    }

    /// <summary>Likewise, step by step.</summary>
    public double?[] Course(string? queue)
    {
        var agents = Agents(queue).ToArray();
        return [.. Enumerable.Range(0, _available.Length == 0 ? 0 : _available[0].Length).Select(At)];

        double? At(int step)
        {
            var available = agents.Sum(agent => _available[agent][step]);
            return available > 0 ? agents.Sum(agent => _busy[agent][step]) / available : null;
        }
    }

    private IEnumerable<int> Agents(string? queue) => Enumerable.Range(0, _available.Length)
        .Where(agent => queue is null || (_log.Roster.Agents[agent].Queues.Contains(queue) && !_log.Roster.Agents[agent].Desk.QueueDelays.ContainsKey(queue)));
}
