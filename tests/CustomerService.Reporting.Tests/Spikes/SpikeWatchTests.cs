using CustomerService.Reporting.Spikes;

namespace CustomerService.Reporting.Tests.Spikes;

public sealed class SpikeWatchTests
{
    private static readonly DateTimeOffset Monday = Traffic.Start.AddDays(28);

    [Fact]
    public void OrdinaryWeeks_RaiseHardlyAnAlarm()
    {
        var alarms = Enumerable.Range(0, 6).Sum(seed => new Traffic(seed).Play(new SpikeWatch(new SpikeSettings()), Traffic.Start.AddDays(56)).Count);

        // 48 weeks with half a false alarm each would be 24.
        Assert.InRange(alarms, 0, 24);
    }

    [Fact]
    public void IntentThatRises_IsNoticedWithinTheHour_WithItsEvidence()
    {
        var delays = new List<TimeSpan>();
        for (var seed = 0; seed < 10; seed++)
        {
            var from = Monday.AddDays(seed % 5).AddHours(9 + seed % 6);
            var traffic = new Traffic(seed)
            {
                Factor = (intent, at) => intent == "payment_problem" && at >= from && at < from.AddHours(2) ? 4 : 1,
                Word = at => at >= from && at < from.AddHours(2) ? ("declined", 0.3) : null,
            };
            var alert = traffic.Play(new SpikeWatch(new SpikeSettings()), from.AddHours(2)).FirstOrDefault(opened => opened.Alert.Name == "payment_problem" && opened.At >= from);
            if (alert.Alert is null)
                continue;
            delays.Add(alert.At - from);
            Assert.True(alert.Alert.LastHour >= 2 * alert.Alert.Expected && alert.Alert.LastHour > alert.Alert.ExpectedAtMost, alert.Alert.Sentence);
            Assert.NotEmpty(alert.Alert.Conversations);
        }

        Assert.True(delays.Count >= 9, $"{delays.Count} of 10 were noticed");
        Assert.True(delays.Order().ElementAt(delays.Count / 2) <= TimeSpan.FromMinutes(45), string.Join(", ", delays));
    }

    [Fact]
    public void WordThatManyUse_IsNoticed_ThoughNoIntentRises()
    {
        var from = Monday.AddHours(13);
        var traffic = new Traffic(3) { Word = at => at >= from ? ("errorcode", 0.4) : null };

        var alert = traffic.Play(new SpikeWatch(new SpikeSettings()), from.AddHours(2)).Select(opened => opened.Alert).Last();

        Assert.Equal((Alert.WordKind, "errorcode", "en"), (alert.Kind, alert.Name, alert.Language));
    }

    [Fact]
    public void AlertEnds_WhenItsReasonIsGone_AndIsNotLearntAsUsual()
    {
        var from = Monday.AddHours(10);
        bool Rises(DateTimeOffset at) => at >= from && at < from.AddHours(2) || at >= from.AddDays(7) && at < from.AddDays(7).AddHours(2);
        var traffic = new Traffic(5) { Factor = (intent, at) => intent == "refund_status" && Rises(at) ? 5 : 1 };
        var watch = new SpikeWatch(new SpikeSettings());

        var opened = traffic.Play(watch, from.AddDays(7).AddHours(8)).Where(each => each.Alert.Name == "refund_status").ToList();

        Assert.Equal(2, opened.Count);
        Assert.DoesNotContain(watch.Alerts, alert => alert.Name == "refund_status");
    }

    [Fact]
    public void SlowGrowthAndAHolidaysQuiet_AreNoAlert()
    {
        var growing = new Traffic(7) { Volume = at => 1 + (at - Traffic.Start).TotalDays / 56 };
        var holiday = new Traffic(8) { Volume = at => at >= Monday && at < Monday.AddDays(2) ? 0.1 : 1 };

        Assert.InRange(growing.Play(new SpikeWatch(new SpikeSettings()), Traffic.Start.AddDays(56)).Count, 0, 4);
        Assert.InRange(holiday.Play(new SpikeWatch(new SpikeSettings()), Monday.AddDays(14)).Count(opened => opened.At >= Monday), 0, 1);
    }

    [Fact]
    public void QuietAndSwitchedOff_SayNothing()
    {
        var from = Monday.AddHours(10);
        Traffic Rising() => new(9) { Factor = (intent, at) => intent == "warranty" && at >= from ? 20 : 1 };

        Assert.Contains(Rising().Play(new SpikeWatch(new SpikeSettings()), from.AddHours(2)), opened => opened.Alert.Name == "warranty");
        Assert.DoesNotContain(Rising().Play(new SpikeWatch(new SpikeSettings { QuietIntents = ["warranty"] }), from.AddHours(2)), opened => opened.Alert.Name == "warranty");
        Assert.Empty(Rising().Play(new SpikeWatch(new SpikeSettings { On = false }), from.AddHours(2)));
    }

    [Fact]
    public void FirstDays_AreLearntFromInSilence() =>
        Assert.Empty(new Traffic(10) { Factor = (_, at) => at >= Traffic.Start.AddDays(1) ? 4 : 1 }.Play(new SpikeWatch(new SpikeSettings()), Traffic.Start.AddDays(2)));
}
