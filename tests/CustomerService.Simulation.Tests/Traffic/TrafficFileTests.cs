using CustomerService.Pipelines.Definitions;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Tests.Traffic;

public sealed class TrafficFileTests
{
    private const string Day = """
        time_zone: Europe/Berlin
        date: 2026-03-02
        contacts:
          orders:
            channel: chat
            language: { en: 3, de: 1 }
            tier: { standard: 9, gold: 1 }
            intent: order_status
            needs: { orders: 2, language.de: 3 required }
            per_hour: { 08:00-12:00: 600, 12:00-16:00: 60 }
            handling: { lognormal: 6m, spread: 0.5 }
            patience: { exponential: 4m }
            callback: { after: 2m, share: 25% }
          calls:
            channel: voice
            queue: billing
            priority: 7
            per_hour: { 09:00-10:00: 30 }
            handling: 5m
        incidents:
          - { pause: billing, at: 10:30, for: 20m, reason: the bank is down }
          - { disconnect: orders-3, at: 11:00, for: 45m }
        """;

    [Fact]
    public void Day_DrawnByItsRates()
    {
        var arrivals = TrafficFile.Parse(Day, "day.yaml").Draw(seed: 1);

        var orders = arrivals.Contacts.Where(contact => contact.Id.StartsWith("orders", StringComparison.Ordinal)).ToList();
        var noon = new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero);
        Assert.InRange(orders.Count(contact => contact.At < noon), 2_200, 2_600);
        Assert.InRange(orders.Count(contact => contact.At >= noon), 180, 300);
        Assert.All(arrivals.Contacts, contact => Assert.InRange(contact.At, noon.AddHours(-4), noon.AddHours(4)));
        Assert.Equal(arrivals.Contacts.OrderBy(contact => contact.At), arrivals.Contacts);
        Assert.InRange(orders.Average(contact => contact.HandleSeconds), 340, 380);
        Assert.InRange(orders.Average(contact => contact.PatienceSeconds!.Value), 220, 260);
        Assert.InRange(orders.Count(contact => contact.Language == "de") / (double)orders.Count, 0.21, 0.29);
        Assert.InRange(orders.Count(contact => contact.CallbackAfterSeconds is 120) / (double)orders.Count, 0.21, 0.29);
        Assert.All(orders, contact => Assert.Equal([("orders", 2, false), ("language.de", 3, true)], contact.Needs.Select(need => (need.Skill, need.Level, need.Required))));
        var call = arrivals.Contacts.First(contact => contact.Channel == "voice");
        Assert.Equal(("billing", 7, 300d, null), (call.Queue, call.Priority, call.HandleSeconds, call.PatienceSeconds));
    }

    [Fact]
    public void SameSeed_SameDay_OtherSeed_OtherDay()
    {
        var plan = TrafficFile.Parse(Day, "day.yaml");

        Assert.Equal(plan.Draw(7).Contacts.Select(contact => (contact.At, contact.HandleSeconds)), plan.Draw(7).Contacts.Select(contact => (contact.At, contact.HandleSeconds)));
        Assert.NotEqual(plan.Draw(7).Contacts.Select(contact => contact.At), plan.Draw(8).Contacts.Select(contact => contact.At));
    }

    [Fact]
    public void OneKindTakenOut_OthersComeAsBefore()
    {
        var plan = TrafficFile.Parse(Day, "day.yaml");

        var without = plan with { Kinds = [.. plan.Kinds.Where(kind => kind.Name == "calls")] };

        Assert.Equal(
            plan.Draw(1).Contacts.Where(contact => contact.Channel == "voice").Select(contact => contact.At),
            without.Draw(1).Contacts.Select(contact => contact.At));
    }

    [Fact]
    public void Incidents_AtTheirLocalTimes()
    {
        var incidents = TrafficFile.Parse(Day, "day.yaml").Incidents;

        var paused = Assert.IsType<Incident.QueuePaused>(incidents[0]);
        Assert.Equal(("billing", "the bank is down", TimeSpan.FromMinutes(20)), (paused.Queue, paused.Reason, paused.Lasts));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), paused.At);
        Assert.Equal("orders-3", Assert.IsType<Incident.AgentLost>(incidents[1]).AgentId);
    }

    [Theory]
    [InlineData("channel: chat", "channel: fax", "there is no channel 'fax'")]
    [InlineData("patience: { exponential: 4m }", "patience: { exponential: soon }", "'exponential' is 'soon', where a length of time is expected. Fix: write it like 45s")]
    [InlineData("12:00-16:00: 60", "11:00-16:00: 60", "11:00-16:00 overlaps with 08:00-12:00")]
    [InlineData("handling: 5m", "handlng: 5m", "has no key 'handlng'. Fix: did you mean 'handling'?")]
    [InlineData("share: 25%", "share: 250%", "'share' is '250%', where a share is expected")]
    [InlineData("Europe/Berlin", "Europe/Berlim", "there is no time zone 'Europe/Berlim'")]
    [InlineData("language.de: 3 required", "language.de: 9 required", "the level of 'language.de' is not one from 1 to 5")]
    [InlineData("at: 11:00, for: 45m", "at: 11:00", "an incident has no for")]
    [InlineData("pause: billing, at", "pause: billing, disconnect: anna, at", "an incident pauses a queue or disconnects an agent")]
    public void Fault_ToldWithPlaceAndFix(string right, string wrong, string told)
    {
        var text = Day.Replace(right, wrong, StringComparison.Ordinal);

        var fault = Assert.Throws<PipelineFormatException>(() => TrafficFile.Parse(text, "day.yaml"));

        Assert.Contains("day.yaml:", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Fix: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }
}
