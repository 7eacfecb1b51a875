using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Reporting.Alerts;

/// <summary>What is in people's and the assistant's hands, counted now and then.</summary>
/// <param name="queues">The queues that there are.</param>
public sealed class ConversationAlertSource(IConversationList list, Func<IEnumerable<string>> queues) : IAlertSource
{
    private static readonly ImmutableArray<ConversationStatus> WithPeople =
        [ConversationStatus.Queued, ConversationStatus.Offered, ConversationStatus.Assigned, ConversationStatus.OnHold];

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private DateTimeOffset? _read;

    public AlertSource Source => AlertSource.Conversations;

    public async ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var readings = new List<RuleReadings>();
        if (now - _read < Pace)
            return readings;
        foreach (var rule in rules)
        {
            var filter = new ConversationFilter
            {
                Statuses = rule.Figure.Name == AlertFigures.Overdue ? WithPeople : [.. WithPeople, ConversationStatus.Assistant],
                DueBefore = rule.Figure.Name == AlertFigures.Overdue ? now : null,
                Queues = rule.Only.TryGetValue(AlertParts.Queue, out var queue) ? [queue] : [],
                Channel = rule.Only.GetValueOrDefault(AlertParts.Channel),
            };
            var found = ImmutableArray.CreateBuilder<AlertReading>();
            foreach (var (subject, part) in Parts(rule, filter))
                found.Add(new AlertReading(subject, await list.CountAsync(part, cancellation: cancellation)));
            readings.Add(new RuleReadings(rule, found.ToImmutable()));
        }

        _read = now;
        return readings;
    }

    private IEnumerable<(string Subject, ConversationFilter Filter)> Parts(AlertRule rule, ConversationFilter filter) => rule.Each switch
    {
        AlertParts.Queue => queues().Where(queue => filter.Queues.IsEmpty || filter.Queues.Contains(queue)).Select(queue => (queue, filter with { Queues = [queue] })),
        AlertParts.Channel => ChannelNames.All.Where(channel => filter.Channel is null || filter.Channel == channel).Select(channel => (channel, filter with { Channel = channel })),
        _ => [("", filter)],
    };
}
