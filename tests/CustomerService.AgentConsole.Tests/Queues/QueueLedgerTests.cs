using CustomerService.AgentConsole.Queues;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Grains.Turns;
using static CustomerService.AgentConsole.Tests.Told;

namespace CustomerService.AgentConsole.Tests.Queues;

public sealed class QueueLedgerTests
{
    private static readonly GrainId Billing = Grain.Queue("billing");

    private readonly QueueLedger _ledger = new();

    private QueueTrend Trend(int waitingNow = 0) => _ledger.TrendOf("billing", waitingNow, Noon);

    [Fact]
    public void The_past_of_a_line_is_reckoned_back_from_how_many_wait_now()
    {
        Queue(-30, new ConversationEnqueued("c-1", 3));
        Queue(-20, new ConversationEnqueued("c-2", 3));
        Queue(-10, new OfferEnded("billing-1", "c-1", "ada", OfferStates.Accepted, null));

        var trend = Trend(waitingNow: 1);

        Assert.Equal(QueueTrend.Minutes, trend.Waiting.Length);
        Assert.Equal([0, 1, 2, 1, 1], new[] { -31, -30, -20, -10, 0 }.Select(minute => trend.Waiting[^(1 - minute)]));
        Assert.Equal((2, 1), (trend.Arrivals.Sum(), trend.Answered.Sum()));
    }

    [Fact]
    public void Who_only_changes_their_priority_does_not_arrive_again()
    {
        Queue(-5, new ConversationEnqueued("c-1", 3));
        Queue(-4, new ConversationEnqueued("c-1", 9));
        Queue(-3, new ConversationWithdrawn("c-1"));
        Queue(-2, new ConversationEnqueued("c-1", 3));

        Assert.Equal(2, Trend(waitingNow: 1).Arrivals.Sum());
    }

    [Fact]
    public void An_offer_that_nobody_took_answers_nobody()
    {
        Queue(-5, new ConversationEnqueued("c-1", 3));
        Queue(-4, new OfferEnded("billing-1", "c-1", "ada", OfferStates.TimedOut, null));

        Assert.Equal(0, Trend(waitingNow: 1).Answered.Sum());
    }

    [Fact]
    public void Two_hours_later_nothing_of_it_is_left()
    {
        Queue(-QueueTrend.Minutes, new ConversationEnqueued("c-1", 3));
        Clock(-QueueTrend.Minutes, met: true);

        var trend = Trend(waitingNow: 1);

        Assert.Equal(0, trend.Arrivals.Sum());
        Assert.Null(trend.PromisesOf(QueueTrend.Minutes).Share());
    }

    [Fact]
    public void Answers_in_time_are_counted_over_the_last_minutes()
    {
        Clock(-50, met: false);
        Clock(-20, met: true);
        Clock(-10, met: true, kind: ServiceClocks.NextResponse);
        Clock(-10, met: false, kind: ServiceClocks.Resolution);

        Assert.Equal(new PromisesKept(2, 0), Trend().PromisesOf(30));
        Assert.Equal(new PromisesKept(2, 1), Trend().PromisesOf(60));
    }

    [Fact]
    public void Settled_without_an_answer_in_time_no_promise_was_kept_or_broken()
    {
        Clock(-3, met: true, unanswered: true);
        Assert.Equal(0, Trend().PromisesOf(60).Count);

        Clock(-2, met: false, unanswered: true);
        Assert.Equal(new PromisesKept(0, 1), Trend().PromisesOf(60));
    }

    [Fact]
    public void What_is_late_now_cannot_be_kept()
    {
        Assert.Null(default(PromisesKept).Share());
        Assert.Equal(0, default(PromisesKept).Share(overdue: 1));
        Assert.Equal(0.75, new PromisesKept(3, 0).Share(overdue: 1));
    }

    private void Queue(double minutes, JournalEvent happened) => _ledger.Add(At(minutes, Billing, happened));

    private void Clock(double minutes, bool met, string kind = ServiceClocks.FirstResponse, bool unanswered = false) =>
        _ledger.Add(At(minutes, Grain.Conversation("c-1"), new ServiceClockStopped(kind, 30, met) { Queue = "billing", Unanswered = unanswered }));
}
