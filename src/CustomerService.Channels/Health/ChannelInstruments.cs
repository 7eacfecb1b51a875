using System.Diagnostics.Metrics;
using CustomerService.Channels.Accounts;

namespace CustomerService.Channels.Health;

/// <summary>
/// The figures about accounts, each process for what it does itself: <c>customerservice_channel_messages_total{account,channel,direction,outcome}</c>,
/// <c>customerservice_channel_send_duration_seconds{account,outcome}</c>, <c>customerservice_channel_requests_refused_total{account,status}</c>,
/// <c>customerservice_channel_paused{account}</c>, <c>customerservice_channel_waiting{account}</c> and <c>customerservice_channel_follower_up{account}</c>.
/// </summary>
public sealed class ChannelInstruments
{
    public const string MeterName = "CustomerService.Channels";

    private readonly Counter<long> _messages;
    private readonly Histogram<double> _sendDuration;
    private readonly Counter<long> _refused;

    public ChannelInstruments(IMeterFactory meters, ChannelHealth health)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("customerservice_channel_messages", "{message}", "Messages that came in, and attempts to send one, by what came of them.");
        _sendDuration = meter.CreateHistogram("customerservice_channel_send_duration", "s", "How long an attempt to send a message took.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 30],
        });
        _refused = meter.CreateCounter<long>("customerservice_channel_requests_refused", "{request}", "Requests to an account's address that were not genuine, or could not be read.");
        meter.CreateObservableGauge("customerservice_channel_paused", () => Each(health, status => status.PausedUntil is null ? 0 : 1), null, "Whether nothing is sent for a while, since sending failed again and again: 1 or 0.");
        meter.CreateObservableGauge("customerservice_channel_waiting", () => Each(health, status => status.Waiting), "{conversation}", "Conversations whose next message has not gone out yet.");
        meter.CreateObservableGauge("customerservice_channel_follower_up", () => Each(health, status => status.Follower is { } follower ? follower.IsUp ? 1 : 0 : null), null, "Whether the connection stands by which this process follows a mailbox: 1 or 0.");
        health.Happened += Count;
    }

    private void Count(string account, string channel, AccountEvent what)
    {
        KeyValuePair<string, object?> of = new("account", account);
        switch (what)
        {
            case AccountEvent.Received received:
                _messages.Add(1, of, new("channel", channel), new("direction", "in"), new("outcome", received.Outcome));
                break;
            case AccountEvent.Attempted attempted:
                _messages.Add(1, of, new("channel", channel), new("direction", "out"), new("outcome", attempted.Outcome));
                _sendDuration.Record(attempted.Took.TotalSeconds, of, new("outcome", attempted.Outcome));
                break;
            case AccountEvent.Refused refused:
                _refused.Add(1, of, new("status", refused.Status));
                break;
        }
    }

    private static IEnumerable<Measurement<long>> Each(ChannelHealth health, Func<AccountStatus, long?> figure) =>
        from status in health.Look()
        let value = figure(status)
        where value is not null
        select new Measurement<long>(value.Value, new KeyValuePair<string, object?>("account", status.Account));
}
