using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Grains.Tests.Explanations;

public sealed class ExplanationTests
{
    private static readonly DateTimeOffset Ten = new(2030, 1, 7, 10, 0, 0, TimeSpan.Zero);

    private static readonly HandoffPackage Package = new("billing", 6, "the customer asks for a refund", "SUMMARY", [], [])
    {
        Needs = [new SkillNeed("refunds", 3, Required: true), new SkillNeed("es", 1, Required: false)],
        Route = new RoutePlan("refunds", [new RouteTarget("billing", 120, 6, null), new RouteTarget("general", null, null, null)]),
        Tier = "gold",
        Language = "es",
    };

    private static readonly MatchView Match = new(
        "refunds 3 (required), es 1", [], "ada", "Ada has been idle the longest of 2 who fit.",
        [new ConsideredAgent("ada", "chosen", "fits, idle for 4 min", 1), new ConsideredAgent("bob", "skipped", "has no refunds", 0)], 3);

    [Fact]
    public void Way_through_two_queues_is_told_with_who_was_asked_and_why()
    {
        var explanation = Explain(TwoQueues);

        Assert.Equal(Package, Assert.Single(explanation.Handoffs).Package);
        Assert.Collection(
            explanation.Stays,
            billing =>
            {
                Assert.Equal(("billing", Ten, Ten.AddSeconds(120), "timed out"), (billing.Queue, billing.EnteredAt, billing.LeftAt, billing.Left));
                var offer = Assert.Single(billing.Offers);
                Assert.Equal((OfferStates.Rejected, "on the telephone", Ten.AddSeconds(12)), (offer.Outcome, offer.Reason, offer.EndedAt));
                Assert.Equal(Match, offer.Match);
                Assert.Equal("es is no longer asked", Assert.Single(billing.Relaxed).What);
            },
            general =>
            {
                Assert.Equal(("general", Ten.AddSeconds(120), Ten), (general.Queue, general.EnteredAt, general.Since));
                Assert.Equal("cid took it", general.Left);
                Assert.Equal(OfferStates.Accepted, Assert.Single(general.Offers).Outcome);
            });
        Assert.Equal(["escalated", "assigned", "resolved"], explanation.Acts.Select(act => act.Act));
    }

    [Fact]
    public void Question_to_a_colleague_is_told_and_who_answered_it()
    {
        var explanation = Explain([(0, new ColleagueAsked("q-1", "ada", null, "technical")), (5, new ColleaguesFound("q-1", ["kim"])), (60, new ConsultAnswered("q-1", "kim"))]);

        Assert.Equal(["ada asked technical and kept the conversation", "kim answered the question as a private note"], explanation.Acts.Select(act => $"{act.By} {act.Text}"));
    }

    [Fact]
    public void Message_that_was_held_up_is_told_and_that_it_went_out()
    {
        var explanation = Explain(
        [
            (0, new DeliveryReported(2, "m-2", DeliveryStatus.Queued, null)), // the usual way is not worth a word
            (1, new DeliveryReported(2, "m-2", DeliveryStatus.Sent, null)),
            (2, new DeliveryReported(3, "m-3", DeliveryStatus.Queued, "quiet hours until 08:00")),
            (3, new DeliveryReported(3, "m-3", DeliveryStatus.Sent, null)),
            (4, new DeliveryReported(3, "m-3", DeliveryStatus.Read, null)),
            (5, new DeliveryReported(4, "m-4", DeliveryStatus.Failed, "the number does not exist")),
            (6, new DeliveryReported(5, "m-5", DeliveryStatus.Unknown, "no answer in time")),
        ]);

        Assert.Equal(
            [
                (2, "message_waits", "message 3 waits: quiet hours until 08:00"),
                (3, "message_sent", "message 3 went out after all"),
                (5, "message_failed", "message 4 did not reach the customer: the number does not exist"),
                (6, "message_unknown", "nobody can tell whether message 5 reached the customer: no answer in time"),
            ],
            explanation.Acts.Select(act => ((int)(act.At - Ten).TotalSeconds, act.Act, act.Text)));
    }

    [Fact]
    public void Offer_goes_from_pending_over_accepted_and_wrapping_to_completed()
    {
        (ConversationStatus To, string State)[] way =
        [
            (ConversationStatus.Offered, OfferStates.Pending), (ConversationStatus.Assigned, OfferStates.Accepted),
            (ConversationStatus.OnHold, OfferStates.Accepted), (ConversationStatus.WrapUp, OfferStates.Wrapping),
            (ConversationStatus.Assigned, OfferStates.Accepted), (ConversationStatus.WrapUp, OfferStates.Wrapping),
            (ConversationStatus.Resolved, OfferStates.Completed), (ConversationStatus.Assistant, OfferStates.Completed),
        ];
        var events = ImmutableArray.Create<(double Seconds, JournalEvent Event)>(
            (0, new QueueEntered("billing", 1, 6, Ten, "by rule")), (1, new OfferExplained("billing-1", "ada", Match)));
        foreach (var (to, state) in way)
        {
            if (to == ConversationStatus.Assigned && events.Length == 3)
                events = events.Add((5, new AgentAssigned("ada", "billing-1")));
            events = events.Add((events.Length, new StatusChanged(ConversationStatus.Queued, to, "it went on")));

            Assert.Equal(state, Assert.Single(Assert.Single(Explain(events).Stays).Offers).State);
        }
    }

    [Fact]
    public void Promise_is_told_with_its_warning_its_pause_and_how_it_ended()
    {
        var promise = Assert.Single(Explain(TwoQueues).Promises);

        Assert.Equal((ServiceClocks.Resolution, 3600, Ten), (promise.Kind, promise.TargetSeconds, promise.StartedAt));
        Assert.Equal(Ten.AddSeconds(150), promise.WarnedAt);
        Assert.Equal(new ExplainedPause(Ten.AddSeconds(160), Ten.AddSeconds(200)), Assert.Single(promise.Pauses));
        Assert.Equal((240, true, Ten.AddSeconds(280)), (promise.SpentSeconds, promise.Met, promise.StoppedAt));
    }

    [Fact]
    public void States_follow_each_other_without_gaps()
    {
        var states = Explain(TwoQueues).States;

        Assert.Equal([ConversationStatus.Queued, ConversationStatus.Offered, ConversationStatus.Assigned, ConversationStatus.Resolved], states.Select(state => state.Status));
        Assert.Equal(states.Skip(1).Select(state => (DateTimeOffset?)state.From), states.SkipLast(1).Select(state => state.Until));
        Assert.Null(states[^1].Until);
    }

    [Fact]
    public void Journal_of_old_without_lines_and_offers_is_explained_as_far_as_it_goes()
    {
        var explanation = Explain(
        [
            (0, new HandedOff(Package with { Route = null })),
            (30, new HandedOff(Package with { Queue = "general", Route = null })),
            (60, new AgentAssigned("cid", "general-7")),
        ]);

        Assert.Equal([("billing", "went on to general"), ("general", "cid took it")], explanation.Stays.Select(stay => (stay.Queue, stay.Left)));
        Assert.Equal("general-7", Assert.Single(explanation.Stays[1].Offers).OfferId);
    }

    [Fact]
    public void Warm_transfer_that_waits_is_a_stay_beside_the_agent_who_keeps_it()
    {
        var explanation = Explain(
        [
            (0, new QueueEntered("general", 1, 0, Ten, "handed off")),
            (5, new AgentAssigned("ada", "general-1")),
            (60, new QueueEntered("billing", 2, 0, Ten.AddSeconds(60), "warm transfer by ada")),
            (80, new QueueLeft("billing", 2, "called off by ada")),
        ]);

        Assert.Equal(["ada took it", "called off by ada"], explanation.Stays.Select(stay => stay.Left));
    }

    [Fact]
    public void Changed_priority_is_no_new_stay()
    {
        var explanation = Explain([(0, new QueueEntered("general", 1, 0, Ten, "handed off")), (9, new QueueEntered("general", 1, 8, Ten, "raised by sue"))]);

        var stay = Assert.Single(explanation.Stays);
        Assert.Equal((8, Ten), (stay.Priority, stay.EnteredAt));
    }

    [Fact]
    public void Text_says_it_to_a_manager()
    {
        var text = ExplanationText.Of(Explain(TwoQueues), Ten.AddMinutes(10));

        Assert.Equal(
            """
            Conversation c-1: resolved for 5 min 20 s, since 2030-01-07 10:04:40 UTC

            Why a person, and why there
              10:00:00  to billing with priority 6: the customer asks for a refund
                        rule 'refunds': billing until 2 min have passed (priority 6), then general
                        asked of the agent: refunds at level 3, required, es at level 1
                        customer: tier gold, language es

            In line
              10:00:00  billing, priority 6: rule 'refunds'
                10:00:02  offered to ada: rejected after 10 s (on the telephone)
                          Ada has been idle the longest of 2 who fit.
                          wanted: refunds 3 (required), es 1
                          chosen  ada: fits, idle for 4 min
                          skipped bob: has no refunds
                          and 3 more were looked at
                10:01:00  less is asked: es is no longer asked
                10:02:00  left after 2 min: timed out
              10:02:00  general, priority 6, waiting since 10:00:00: next target of rule 'refunds'
                10:02:01  offered to cid: accepted after 4 s; completed
                10:02:05  left after 5 s: cid took it

            What was done
              10:02:00  escalated from billing to general: nobody took it (by rule)
              10:02:05  assigned to cid
              10:04:40  resolved by cid

            What was promised
              10:00:00  resolution within 1 h: kept, after 4 min, warned at 10:02:30

            States
              10:00:00           2 s  queued      handed off
              10:00:02     2 min 3 s  offered     offered to ada
              10:02:05    2 min 35 s  assigned    cid took it
              10:04:40    5 min 20 s  resolved    resolved by cid

            """,
            text);
    }

    [Fact]
    public void Reason_of_an_earlier_handoff_is_told_in_its_own_line_only()
    {
        var onward = Package with { Queue = "general", Reason = "the wrong team (transferred by ada); before: the customer asks for a refund" };

        var text = ExplanationText.Of(Explain([(0, new HandedOff(Package)), (30, new HandedOff(onward))]), Ten.AddMinutes(1));

        Assert.Contains("to general with priority 6: the wrong team (transferred by ada)\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("before:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversation_that_no_person_ever_had_says_so() =>
        Assert.Contains("never given to a person", ExplanationText.Of(Explain([]), Ten), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.2, "under 1 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3725, "1 h 2 min")]
    [InlineData(180_000, "2 d 2 h")]
    public void Durations_are_words(double seconds, string words) => Assert.Equal(words, Durations.Words(seconds));

    private static readonly ImmutableArray<(double Seconds, JournalEvent Event)> TwoQueues =
    [
        (0, new HandedOff(Package)),
        (0, new QueueEntered("billing", 1, 6, Ten, "rule 'refunds'")),
        (0, new StatusChanged(ConversationStatus.Assistant, ConversationStatus.Queued, "handed off")),
        (0, new ServiceClockStarted(ServiceClocks.Resolution, 3600, Ten.AddHours(1))),
        (2, new OfferExplained("billing-1", "ada", Match)),
        (2, new StatusChanged(ConversationStatus.Queued, ConversationStatus.Offered, "offered to ada")),
        (12, new OfferOver("billing-1", "ada", OfferStates.Rejected, "on the telephone")),
        (60, new NeedsRelaxed("billing", "es is no longer asked")),
        (120, new QueueLeft("billing", 1, "timed out")),
        (120, new Escalated("billing", "general", "rule", "nobody took it")),
        (120, new QueueEntered("general", 2, 6, Ten, "next target of rule 'refunds'")),
        (121, new OfferExplained("general-4", "cid", null!)),
        (125, new AgentAssigned("cid", "general-4")),
        (125, new StatusChanged(ConversationStatus.Offered, ConversationStatus.Assigned, "cid took it")),
        (150, new ServiceWarned(ServiceClocks.Resolution, Ten.AddSeconds(3600))),
        (160, new ServiceClockPaused(ServiceClocks.Resolution, Running: false, 160)),
        (200, new ServiceClockPaused(ServiceClocks.Resolution, Running: true, 160)),
        (280, new ServiceClockStopped(ServiceClocks.Resolution, 240, Met: true)),
        (280, new ConversationResolved("cid")),
        (280, new StatusChanged(ConversationStatus.Assigned, ConversationStatus.Resolved, "resolved by cid")),
    ];

    private static Explanation Explain(ImmutableArray<(double Seconds, JournalEvent Event)> events)
    {
        var builder = new ExplanationBuilder("c-1");
        foreach (var (seconds, happened) in events)
            builder.Add(new JournalEntry(1, Grain.Conversation("c-1"), 1, Ten.AddSeconds(seconds), happened));
        return builder.Build();
    }
}
