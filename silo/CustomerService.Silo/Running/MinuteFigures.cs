using System.Globalization;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Following;
using CustomerService.Runtime;

namespace CustomerService.Silo.Running;

/// <summary>A line of figures each minute, for whoever watches the terminal.</summary>
internal sealed class MinuteFigures(IGrainHosting host, IJournal journal, PipelineHolder pipeline, Foresight foresight, TimeProvider time, ILogger<MinuteFigures> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private long _messages, _automated, _human, _failed;
    private double _seconds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = journal.Subscribe(null, Count);
        await new Rounds("The line of figures", time, logger).EachAsync(TimeSpan.FromMinutes(1), async stopping => Console.WriteLine(await LineAsync(stopping)), stoppingToken);
    }

    /// <summary>The figures of the time since the last line.</summary>
    internal async Task<string> LineAsync(CancellationToken cancellation)
    {
        var (waiting, unknown, oldest) = (0, 0, (DateTimeOffset?)null);
        var strained = new List<string>();
        foreach (var queue in pipeline.Queues)
        {
            if (await LookAsync(queue, cancellation) is not { } view)
            {
                unknown++;
                continue;
            }

            (waiting, oldest) = (waiting + view.Waiting, view.OldestSince is { } since && !(oldest < since) ? since : oldest);
            if (view.Strain is { } strain)
                strained.Add($"{queue}: {strain}");
        }

        var longest = oldest is { } first ? $" (longest for {Durations.Words(time.GetUtcNow() - first)})" : "";
        var trouble = string.Concat(strained.Select(strain => $"; strained {strain}")) + (unknown == 0 ? "" : $"; {unknown} queues do not answer")
            + string.Concat(foresight.Alerts.Select(alert => string.Create(CultureInfo.InvariantCulture, $"; rising {alert.Name} ({alert.LastHour} in an hour where {alert.Expected:0.#} are usual)")));
        lock (_lock)
        {
            var done = _automated + _human + _failed;
            var line = string.Create(CultureInfo.InvariantCulture,
                $"{time.GetLocalNow():HH:mm} received {_messages}, answered {_automated}, to people {_human}, failed {_failed}, automation {(done == 0 ? 0 : (double)_automated / done):P0}, "
                + $"response {(done == 0 ? 0 : _seconds / done):0.000} s, waiting {waiting}{longest}, active grains {host.Activations}, backlog {host.WorkBacklog}{trouble}");
            (_messages, _automated, _human, _failed, _seconds) = (0, 0, 0, 0, 0);
            return line;
        }
    }

    /// <summary>Null where it can't be asked now: a line of figures is no reason for anything to end.</summary>
    private async Task<QueueView?> LookAsync(string queue, CancellationToken cancellation)
    {
        try
        {
            return await host.Inside.AskAsync(Grain.Queue(queue), new GetQueue(), cancellation) as QueueView;
        }
        catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException or CommandParkedException)
        {
            return null;
        }
    }

    private void Count(JournalEntry entry)
    {
        lock (_lock)
        {
            switch (entry.Event)
            {
                case MessageReceived:
                    _messages++;
                    break;
                case RunCompleted run:
                    _seconds += run.Seconds;
                    _ = run.ResolutionType switch
                    {
                        ResolutionTypes.Automated => _automated++,
                        ResolutionTypes.Human => _human++,
                        _ => _failed++,
                    };
                    break;
                case RunFailed failed:
                    _seconds += failed.Seconds;
                    _failed++;
                    break;
            }
        }
    }
}
