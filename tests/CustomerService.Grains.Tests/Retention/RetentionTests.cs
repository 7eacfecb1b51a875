using System.Collections.Immutable;
using CustomerService.Grains.Retention;

namespace CustomerService.Grains.Tests.Retention;

public sealed class RetentionTests
{
    private static readonly RetentionRules Rules = RetentionRules.Forever with { Channels = ImmutableSortedDictionary<string, KeepTime>.Empty.Add("chat", new KeepTime(180, KeepUnit.Days)) };

    private readonly Subject<RetentionBehaviour, RetentionState> _retention = new("all");

    private RetentionView View => _retention.Ask<RetentionView>(new GetRetention());

    [Fact]
    public void Run_IsKeptWithWhatItDid()
    {
        _retention.Handle(new TakeRetentionRules(Rules));
        _retention.Handle(new AskForErasing("ann"));
        Assert.Equal("ann", Assert.Single(_retention.Last.Effects.Recorded<ErasingAsked>()).By);
        _retention.Refuses("erasing_under_way", new AskForErasing("sue"));
        Assert.True(View.IsDue(_retention.Now));

        _retention.Handle(new BeginErasing());
        Assert.Equal(new ErasingBegan("erasing-1", "ann"), Assert.Single(_retention.Last.Effects.Recorded<ErasingBegan>()));
        Assert.Null(View.AskedBy);
        _retention.Refuses("erasing_under_way", new AskForErasing("sue"));
        _retention.ChangesNothing(new BeginErasing()); // Another process goes on with it.

        var counts = ErasingCounts.None.WithErased("chat").WithErased("chat").WithLeft("on_legal_hold");
        _retention.Handle(new FollowErasing(counts));
        Assert.Equal(2, View.Running!.Counts.Erased["chat"]);
        _retention.Now += TimeSpan.FromMinutes(1);
        _retention.Handle(new EndErasing(counts with { Customers = 1 }));
        Assert.Equal(1, Assert.Single(_retention.Last.Effects.Recorded<ErasingEnded>()).Run.Counts.Customers);

        var past = Assert.Single(View.Past);
        Assert.Equal(("erasing-1", "ann", _retention.Now, 1), (past.Id, past.By, past.EndedAt, past.Counts.Left["on_legal_hold"]));
        Assert.Null(View.Running);
        _retention.ChangesNothing(new FollowErasing(counts));
        _retention.ChangesNothing(new EndErasing(counts));
    }

    [Fact]
    public void WhereEverythingIsKept_NoRunIsDue()
    {
        Assert.False(View.IsDue(_retention.Now));
        _retention.Handle(new TakeRetentionRules(RetentionRules.Forever));
        Assert.False(View.IsDue(_retention.Now.AddDays(3)));
    }

    [Fact]
    public void DailyRun_IsDueOnceADay_AndNotByRulesThatAreYoungerThanItsTime()
    {
        _retention.Handle(new TakeRetentionRules(Rules)); // At 10:00, after this day's 03:15.
        Assert.False(View.IsDue(_retention.Now));
        Assert.False(View.IsDue(At(5, 3, 14)));
        Assert.True(View.IsDue(At(5, 3, 15)));
        Assert.True(View.IsDue(At(5, 9, 0))); // Who was down at its time makes up for it.

        _retention.Now = At(5, 3, 15);
        _retention.Handle(new BeginErasing());
        _retention.Handle(new EndErasing(ErasingCounts.None));
        Assert.False(View.IsDue(At(5, 23, 0)));
        Assert.True(View.IsDue(At(6, 3, 15)));

        _retention.Now = At(6, 3, 10);
        _retention.ChangesNothing(new TakeRetentionRules(Rules with { Channels = Rules.Channels })); // A start reads the same.
        _retention.Now = At(6, 3, 16);
        _retention.Handle(new TakeRetentionRules(Rules with { Usual = new KeepTime(1, KeepUnit.Years) }));
        Assert.False(View.IsDue(At(6, 4, 0)));
        Assert.True(View.IsDue(At(7, 3, 15)));
    }

    [Fact]
    public void PastRuns_AreKeptUpToANumber()
    {
        for (var i = 0; i <= RetentionState.MostPast; i++)
        {
            _retention.Handle(new BeginErasing());
            _retention.Handle(new EndErasing(ErasingCounts.None));
        }

        Assert.Equal(RetentionState.MostPast, View.Past.Length);
        Assert.Equal($"erasing-{RetentionState.MostPast + 1}", View.Past[0].Id);
    }

    [Theory]
    [InlineData("forever", "forever")]
    [InlineData("180d", "180d")]
    [InlineData(" 6 mo ", "6mo")]
    [InlineData("2y", "2y")]
    [InlineData("0d", null)]
    [InlineData("12h", null)]
    [InlineData("6m", null)]
    [InlineData("-3d", null)]
    [InlineData("101y", null)]
    [InlineData("99999999999d", null)]
    [InlineData("", null)]
    public void KeepTime_IsReadAsItIsWritten(string text, string? read) => Assert.Equal(read, KeepTime.Parse(text)?.ToString());

    [Fact]
    public void KeepTime_CountsByTheCalendar()
    {
        var now = new DateTimeOffset(2028, 2, 29, 10, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2027, 2, 28, 10, 0, 0, TimeSpan.Zero), KeepTime.Parse("1y")!.NotAfter(now));
        Assert.Equal(new DateTimeOffset(2027, 8, 29, 10, 0, 0, TimeSpan.Zero), KeepTime.Parse("6mo")!.NotAfter(now));
        Assert.Null(KeepTime.Forever.NotAfter(now));
        Assert.True(KeepTime.Parse("11mo")!.IsShorterThan(KeepTime.Parse("1y")!, now));
        Assert.False(KeepTime.Parse("12mo")!.IsShorterThan(KeepTime.Parse("1y")!, now));
        Assert.True(KeepTime.Parse("100y")!.IsShorterThan(KeepTime.Forever, now));
        Assert.False(KeepTime.Forever.IsShorterThan(KeepTime.Parse("1d")!, now));
        Assert.Equal(["chat"], Rules.ShorterThan(RetentionRules.Forever, now));
    }

    [Theory]
    [InlineData("2026-03-29T00:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z")] // The clocks in Berlin go from 2 to 3.
    [InlineData("2026-03-29T10:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-25T10:00:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z")]
    public void DailyRun_BeginsAtItsTimeOfDay_AlsoWhenClocksAreChanged(string now, string last, string next)
    {
        var rules = Rules with { At = new TimeOnly(2, 30), TimeZone = "Europe/Berlin" };

        Assert.Equal(DateTimeOffset.Parse(last, null), rules.LastDue(DateTimeOffset.Parse(now, null)));
        Assert.Equal(DateTimeOffset.Parse(next, null), rules.NextDue(DateTimeOffset.Parse(now, null)));
    }

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 3, day, hour, minute, 0, TimeSpan.Zero);
}
