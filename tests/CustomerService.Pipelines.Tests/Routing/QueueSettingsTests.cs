using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Routing;

namespace CustomerService.Pipelines.Tests.Routing;

public sealed class QueueSettingsTests
{
    private const string Whole = """
        skills: [billing, language.es]
        default_queue: general
        calendars: { office: { time_zone: UTC, week: { mon-fri: "08:00-18:00" } } }
        service_levels:
          resolution: 2h
          warn_at: 0.5
          tiers: { gold: { first_response: 20s } }
        queue_defaults:
          offer: { seconds: 20s }
          last_agent: 1m
        queues:
          returns: [return_item]
          billing:
            intents: [payment_problem, refund_status]
            tier: tier1
            escalate_to: experts
            overflow: general
            max_waiting: 50
            priority_point: 30s
            match_threshold: 0.5
            agent_order: best_skilled
            relaxation:
              - { after: 1m, lower_by: 1 }
              - { after: 2m, drop: [language.es] }
              - { after: 5m, drop_all: true }
            offer: { to: 3, max: 9 }
            units: { voice: 3, email: 1 }
            wrap_up: { seconds: 60s, codes: [solved, not_solved], required: true }
            calendar: office
            when_closed: callback
            reopen: agent
            close_after: 7d
            service_levels:
              next_response: 0
              escalate_on_breach: true
              tiers: { gold: { resolution: 30m } }
          experts: {}
        """;

    [Fact]
    public void Queue_IsAsItsOwnerWantsIt()
    {
        var policy = Read(Whole).Policies["billing"];

        Assert.Equal(("tier1", "experts", "general", 50), (policy.Tier, policy.EscalateTo, policy.Overflow, policy.MaxWaiting));
        Assert.Equal((30, 0.5, AgentOrders.BestSkilled), (policy.PriorityPointSeconds, policy.MatchThreshold, policy.AgentOrder));
        Assert.Equal([(60, 1, "", false), (120, 0, "language.es", false), (300, 0, "", true)], policy.Relaxation.Select(step => ((int)step.AfterSeconds, step.LowerBy, string.Join(',', step.Drop), step.DropAll)));
        Assert.Equal((20, 3, 9), (policy.OfferSeconds, policy.OfferTo, policy.MaxOffers));
        Assert.Equal((3, 1), (policy.Units["voice"], policy.Units["email"]));
        Assert.Equal((60, "solved, not_solved", true), (policy.WrapUp!.Seconds, string.Join(", ", policy.WrapUp.Codes), policy.WrapUp.CodeRequired));
        Assert.Equal("callback", policy.WhenClosed);
    }

    [Fact]
    public void Terms_SayWhatIsPromised()
    {
        var terms = Read(Whole).Policies["billing"].Terms;

        Assert.Equal(new ServiceTargets(60, 0, 7200), terms.TargetsFor("standard"));
        Assert.Equal(new ServiceTargets(20, 0, 1800), terms.TargetsFor("gold"));
        Assert.Equal((0.5, true, "office"), (terms.WarnAt, terms.EscalateOnBreach, terms.Calendar!.Name));
        Assert.Equal(("tier1", "experts", true), (terms.Tier, terms.EscalateTo, terms.WrapUp));
        Assert.Equal((60, "agent", 604_800), (terms.LastAgentSeconds, terms.Reopen, terms.CloseAfterSeconds));
    }

    [Fact]
    public void QueueThatSaysLittle_HasTheDefaults()
    {
        var rules = Read(Whole);

        Assert.Equal(["billing", "experts", "general", "returns", "specialist"], rules.QueueNames);
        Assert.Equal(rules.QueueNames, rules.Policies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("billing", "billing", "returns", "general"), (rules.QueueOf("payment_problem"), rules.QueueOf("refund_status"), rules.QueueOf("return_item"), rules.QueueOf("other")));
        foreach (var queue in new[] { "returns", "experts", "general", "specialist" })
        {
            var policy = rules.Policies[queue];
            Assert.Equal((20, 1, 60), (policy.OfferSeconds, policy.OfferTo, policy.Terms.LastAgentSeconds));
            Assert.Equal(new ServiceTargets(60, 300, 7200), policy.Terms.TargetsFor(null));
            Assert.Equal((0.5, false), (policy.Terms.WarnAt, policy.Terms.EscalateOnBreach));
        }
    }

    [Fact]
    public void FileOfBefore_PromisesTheUsual()
    {
        var terms = Read("queues: { billing: [payment_problem] }").Policies["billing"].Terms;

        Assert.Equal(new ServiceTargets(60, 300, 3600), terms.TargetsFor("gold"));
        Assert.Equal((0.75, "assistant"), (terms.WarnAt, terms.Reopen));
    }

    [Fact]
    public void TermsVersion_ChangesWithWhatTheySay_AndWithNothingElse()
    {
        var version = Read(Whole).Policies["billing"].Terms.Version;

        Assert.Equal(12, version.Length);
        Assert.Equal(version, Read(Whole.Replace("max_waiting: 50", "max_waiting: 60", StringComparison.Ordinal)).Policies["billing"].Terms.Version);
        foreach (var (from, to) in new[]
        {
            ("resolution: 2h", "resolution: 3h"), ("resolution: 30m", "resolution: 31m"), ("08:00-18:00", "08:00-18:01"), ("time_zone: UTC", "time_zone: Europe/Paris"),
            ("warn_at: 0.5", "warn_at: 0.6"), ("reopen: agent", "reopen: queue"), ("close_after: 7d", "close_after: 8d"), ("escalate_to: experts", "escalate_to: returns"),
        })
        {
            Assert.NotEqual(version, Read(Whole.Replace(from, to, StringComparison.Ordinal)).Policies["billing"].Terms.Version);
        }
    }

    [Theory]
    [InlineData("queues: { a: { overflow: b, max_waiting: 1 }, b: { overflow: c, max_waiting: 1 }, c: { overflow: a, max_waiting: 1 } }", "1:26: error: 'overflow' leads round: a → b → c → a")]
    [InlineData("queues: { a: { escalate_to: a } }", "1:29: error: 'escalate_to' leads round: a → a")]
    [InlineData("queues: { billing: { overflow: biling } }", "1:32: error: there is no queue 'biling'. Fix: did you mean 'billing'?")]
    [InlineData("queues: { a: { escalate_to: b } }", "1:29: error: there is no queue 'b'. Fix: declare it under 'queues:'")]
    [InlineData("queues: { a: { calendar: ofice } }\ncalendars: { office: { time_zone: UTC, week: { mon: all day } } }", "1:26: error: there is no calendar 'ofice'. Fix: did you mean 'office'?")]
    [InlineData("skills: [french]\nqueues: { a: { relaxation: [{ after: 1m, drop: [frensh] }] } }", "2:49: error: there is no skill 'frensh'. Fix: did you mean 'french'?")]
    [InlineData("queues: { a: { relaxation: [{ after: 2m, lower_by: 1 }, { after: 1m, drop_all: true }] } }", "1:66: error: this step comes no later than the one before, after 2m")]
    [InlineData("queues: { a: { relaxation: [{ after: 2m }] } }", "1:29: error: this step relaxes nothing")]
    [InlineData("queues: { a: { relaxation: [{ lower_by: 1 }] } }", "1:29: error: a step of 'relaxation' does not say when")]
    [InlineData("queues: { a: { units: { chat: 101 } } }", "1:31: error: 'chat' of 'units' is 101, where a number from 1 to 100 is expected")]
    [InlineData("queues: { a: { units: { pigeon: 1 } } }", "1:25: error: 'units' has no key 'pigeon'")]
    [InlineData("queues: { a: { offer: { to: 51 } } }", "1:29: error: 'to' of 'offer' is 51, where a number from 1 to 50 is expected")]
    [InlineData("queues: { a: { offer: { seconds: soon } } }", "1:34: error: 'seconds' of 'offer' is a text, where a length of time is expected")]
    [InlineData("queues: { a: { offer: { seconds: 0s } } }", "1:34: error: 'seconds' of 'offer' is 0s, where 1s to 1d are allowed")]
    [InlineData("queues: { a: { agent_order: random } }", "1:29: error: 'agent_order' of the queue 'a' can't be 'random'. Fix: write one of best_skilled, least_loaded, longest_idle")]
    [InlineData("queues: { a: { wrap_up: { required: maybe } } }", "1:37: error: 'required' of 'wrap_up' is a text, where true or false is expected")]
    [InlineData("queues: { a: { owner: me } }", "1:16: error: the queue 'a' has no key 'owner'")]
    [InlineData("queues: { routed: [a] }", "1:11: error: no queue can be called 'routed'")]
    [InlineData("queue_defaults: { tier: one }", "1:19: error: 'queue_defaults' has no key 'tier'")]
    [InlineData("queues:\n  a: { intents: [x] }\n  b: [x]", "3:7: error: the intent 'x' has the queue 'a' already")]
    [InlineData("service_levels: { tiers: { gold: 30s } }", "1:34: error: the tier 'gold' is a text, where a map is expected")]
    [InlineData("service_levels: { first_respons: 30s }", "1:19: error: 'service_levels' has no key 'first_respons'. Fix: did you mean 'first_response'?")]
    [InlineData("service_levels: { warn_at: 75 }", "1:28: error: 'warn_at' of 'service_levels' is 75, where a number from 0 to 1 is expected")]
    [InlineData("calendars: { office: { time_zone: Europe/Berln, week: { mon: all day } } }", "1:35: error: there is no time zone 'Europe/Berln'. Fix: did you mean 'Europe/Berlin'?")]
    [InlineData("calendars: { office: { week: { mon: all day } } }", "1:22: error: the calendar 'office' has no time_zone. Fix: add 'time_zone: Europe/Berlin'")]
    [InlineData("calendars: { office: { time_zone: UTC } }", "1:22: error: the calendar 'office' has no week")]
    [InlineData("calendars:\n  o:\n    time_zone: UTC\n    week:\n      mon-fri: 08:00-12:00\n      wed: 11:00-13:00", "6:12: error: the hours 08:00-12:00 and 11:00-13:00 of wed overlap")]
    [InlineData("calendars:\n  o:\n    time_zone: UTC\n    week:\n      sat: 22:00-06:00\n      sun: 05:00-13:00", "6:12: error: the hours 00:00-06:00 and 05:00-13:00 of sun overlap")]
    [InlineData("calendars:\n  o:\n    time_zone: UTC\n    week:\n      weekdays: 08:00-12:00", "5:7: error: 'weekdays' names no days")]
    [InlineData("calendars:\n  o:\n    time_zone: UTC\n    week:\n      mon: 8 to 12", "5:12: error: '8 to 12' is no hours of a day")]
    [InlineData("calendars: { o: { time_zone: UTC, week: { mon: all day }, holidays: [xmas] } }", "1:70: error: 'xmas' is neither a date nor an iCalendar file")]
    [InlineData("calendars: { o: { time_zone: UTC, week: { mon: all day }, special_days: { 24.12.2026: closed } } }", "1:75: error: '24.12.2026' is no date")]
    [InlineData("language_skills: true", "1:18: error: no language is a skill")]
    public void Errors_NameThePlaceAndTheFix(string yaml, string expected)
    {
        var report = Check(yaml);

        Assert.Null(report.Rules);
        Assert.StartsWith("routing.yaml:" + expected, report.Errors.First().ToString(), StringComparison.Ordinal);
        Assert.Contains("Fix: ", report.Errors.First().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queues: { a: { relaxation: [{ after: 2m, lower_by: 1 }] } }", "after the last step something may still be required")]
    [InlineData("queues: { a: { overflow: b }, b: [] }", "nobody overflows")]
    [InlineData("queues: { a: { max_waiting: 5 } }", "nowhere to go")]
    [InlineData("queues: { a: { when_closed: callback } }", "the queue is always open")]
    [InlineData("calendars: { o: { time_zone: UTC, week: { mon: closed } } }", "this calendar never opens")]
    [InlineData("service_levels: { first_response: 1h, resolution: 10m }", "everything shall be done after 10m")]
    public void Warnings_LeaveTheFileUsable(string yaml, string expected)
    {
        var report = Check(yaml);

        Assert.NotNull(report.Rules);
        Assert.Contains(expected, Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoop_IsToldOnce() => Assert.Single(Check("queues: { a: { escalate_to: b }, b: { escalate_to: c }, c: { escalate_to: b } }").Errors);

    [Fact]
    public void GoodFile_IsToldInWords()
    {
        var text = Check(Whole).ToString();

        Assert.StartsWith("routing.yaml: 0 errors, 0 warnings\n", text, StringComparison.Ordinal);
        foreach (var line in new[]
        {
            "tier          tier1 → experts", "open          office; closed: a call back is offered", "gold: first reply 20s, resolved 30m", "full          at 50 waiting → general",
            "relaxes       after 1m levels lower by 1; after 2m without language.es; after 5m anybody", "mon-fri       08:00-18:00", "sat-sun       closed",
            "offers        20s to 3 agents at once, at most 9, then it escalates", "wrap-up       1m: solved, not_solved (one is required)", "goes to       the intent's queue",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pipelines_ReadTheHoursAndPromisesOfTheDefaultQueue()
    {
        var rules = Read(Whole.Replace("default_queue: general", "default_queue: billing", StringComparison.Ordinal));
        var hours = OwnersPromises.BusinessHours(rules)!;

        Assert.Equal(("UTC", "08:00-18:00", "closed"), (hours["time_zone"], ((IReadOnlyDictionary<string, object?>)hours["week"]!)["fri"], ((IReadOnlyDictionary<string, object?>)hours["week"]!)["sat"]));
        Assert.Equal((60L, null, 7200L), (OwnersPromises.Targets(rules)["first_response_time"], OwnersPromises.Targets(rules)["next_response_time"], OwnersPromises.Targets(rules)["resolution_time"]));
        Assert.Null(OwnersPromises.BusinessHours(Read(Whole)));
        Assert.Equal((60L, 3600L, 4.5), (OwnersPromises.Targets(new RoutingRules())["first_response_time"], OwnersPromises.Targets(new RoutingRules())["resolution_time"], OwnersPromises.Targets(new RoutingRules())["customer_satisfaction"]));
    }

    [Fact]
    public void FileThatIsNotThere_IsAFinding() => Assert.Contains("there is no such file", RoutingCheck.OfFile("no/such.yaml", TimeProvider.System).ToString(), StringComparison.Ordinal);

    private static RoutingRules Read(string yaml) => Check(yaml).RulesOrThrow();

    private static RoutingCheckReport Check(string yaml) => RoutingCheck.Of(yaml, "routing.yaml", new ManualTimeProvider(Bench.Morning));
}
