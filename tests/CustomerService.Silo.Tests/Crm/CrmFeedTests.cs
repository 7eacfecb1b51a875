using System.Text.Json.Nodes;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Tickets;
using CustomerService.Silo.Crm;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Silo.Tests.Crm;

public sealed class CrmFeedTests
{
    [Fact]
    public async Task Crm_IsToldOfInteractionsAndContacts_InTheJournalsOrder()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.LogAsync("T-1", "m-1");
        await world.FeedAsync(FeedTarget.Crm, receiver);
        await receiver.FirstAsync(1);

        await world.LogAsync("T-2", "m-2");
        await world.AskAsync(Grain.Customer("c-1"), new UpdateProfile("Lena Berg", null, "gold", "en", null));
        await world.LogAsync("T-1", "m-3", "solved");

        var events = await receiver.FirstAsync(4);
        Assert.Equal(["m-1", "m-2", null, "m-3"], events.Select(each => each["interactionId"]));
        Assert.Equal(["crm.ticket.T-1.2", "crm.ticket.T-2.2", "crm.customer.c-1.1", "crm.ticket.T-1.3"], events.Select(each => each.Key));
        Assert.Equal(["activity.logged", "activity.logged", "contact.upserted", "activity.logged"], events.Select(each => each.Event));
        Assert.Equal(("conv-T-2", "chat", "order_status"), (events[1]["conversationId"], events[1]["channel"], events[1]["intent"]));
        Assert.Equal("Lena Berg", events[2]["name"]);
    }

    [Fact]
    public async Task TicketSystem_IsToldOfEveryStateOfATicket()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.FeedAsync(FeedTarget.Ticketing, receiver);

        await world.LogAsync("T-1", "m-1", "pending");
        await world.LogAsync("T-1", "m-2", "solved");
        await world.AskAsync(Grain.Ticket("T-1"), new CloseTicket("ada"));

        var events = await receiver.FirstAsync(4);
        Assert.Equal(["new", "pending", "solved", "closed"], events.Select(each => each["status"]));
        Assert.All(events, each => Assert.Equal(("ticket.changed", "T-1", "c-1", "Where is it?"), (each.Event, each["ticketId"], each["customerId"], each["subject"])));
    }

    [Fact]
    public async Task TicketThatWasErased_AndOpenedAgain_IsToldAsWhatItIsNow_FromWhereverTheFeedBegins()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.LogAsync("T-1", "m-1", "pending");
        await world.AskAsync(Grain.Ticket("T-1"), new EraseBeside());
        await world.LogAsync("T-1", "m-2", "open");
        await world.LogAsync("T-1", "m-3", "solved");

        await world.FeedAsync(FeedTarget.Ticketing, receiver);

        // The journal goes on behind what was erased, and so do the keys under which the events are sent.
        var events = await receiver.FirstAsync(3);
        Assert.Equal(["new", "open", "solved"], events.Select(each => each["status"]));
        Assert.Equal(["ticketing.ticket.T-1.3", "ticketing.ticket.T-1.4", "ticketing.ticket.T-1.5"], events.Select(each => each.Key));
        Assert.All(events, each => Assert.Equal("Where is it?", each["subject"]));
    }

    [Fact]
    public async Task Pager_IsToldOfAlerts_FromItsFirstStartOn()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var wait = new AlertFinding("long wait", "billing", "oldest_wait", AlertKind.Above, AlertSeverity.Critical, 744, 600, DateTimeOffset.UnixEpoch, [744], "billing: 12 min > 10 min") { Part = "queue" };
        await world.AskAsync(Grain.Alerts, new RaiseAlert(wait with { Subject = "yesterday's" }, []));
        var placed = world.PlacedAsync(FeedTarget.Alerts);
        await world.FeedAsync(FeedTarget.Alerts, receiver);
        await placed;

        await world.LogAsync("T-1", "m-1"); // Of no concern to it.
        await world.AskAsync(Grain.Alerts, new RaiseAlert(wait, []));
        await world.AskAsync(Grain.Alerts, new SnoozeAlert("sue", "alert-2", DateTimeOffset.MaxValue)); // Refused.
        await world.AskAsync(Grain.Alerts, new AcknowledgeAlert("sue", "alert-2", "Two more come."));
        await world.AskAsync(Grain.Alerts, new ClearAlert("long wait", "billing", AlertEnds.Calm));

        var events = await receiver.FirstAsync(3);
        Assert.Equal(["alert.raised", "alert.acknowledged", "alert.cleared"], events.Select(each => each.Event));
        Assert.All(events, each => Assert.Equal("alert-2", each["alertId"]));
        Assert.Equal(("long wait", "billing", "critical", "billing: 12 min > 10 min"), (events[0]["rule"], events[0]["subject"], events[0]["severity"], events[0]["summary"]));
        Assert.Equal(("sue", "Two more come."), (events[1]["by"], events[1]["note"]));
        Assert.Equal(("calm", "sue"), (events[2]["why"], events[2]["acknowledgedBy"]));
    }

    [Fact]
    public async Task TicketSystemsId_IsNotedOnTheTicket_AndGoesOutToNobody()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((_, response) => response.WriteAsync("""{"id": 17}"""));
        await world.FeedAsync(FeedTarget.Ticketing, receiver);

        await world.LogAsync("T-1", "m-1");
        await world.Journal.SeenAsync<TicketLinked>();
        await world.LogAsync("T-2", "m-2");

        var events = await receiver.FirstAsync(4);
        Assert.Equal(["T-1", "T-1", "T-2", "T-2"], events.Select(each => each["ticketId"]));
        Assert.Equal("17", Assert.IsType<TicketView>(await world.AskAsync(Grain.Ticket("T-1"), new GetTicket())).Ticket.ExternalId);
    }

    [Fact]
    public async Task StopInTheMiddle_LosesNothing_AndRepeatsUnderTheSameKey()
    {
        var gate = new TaskCompletionSource();
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((received, _) => received["interactionId"] == "m-3" ? gate.Task : Task.CompletedTask);
        foreach (var message in new[] { "m-1", "m-2", "m-3", "m-4" })
            await world.LogAsync("T-1", message);
        var first = await world.FeedAsync(FeedTarget.Crm, receiver);
        await receiver.FirstAsync(3); // It is not known here whether the third was taken.
        await first.StopAsync(default);
        gate.SetResult();

        await world.FeedAsync(FeedTarget.Crm, receiver);

        var events = await receiver.FirstAsync(5);
        Assert.Equal(["m-1", "m-2", "m-3", "m-3", "m-4"], events.Select(each => each["interactionId"]));
        Assert.Equal(events[2], events[3]);
    }

    [Fact]
    public async Task PositionLostInACrash_SendsAgainTheSame()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.LogAsync("T-1", "m-1");
        await world.LogAsync("T-1", "m-2");
        var first = await world.FeedAsync(FeedTarget.Ticketing, receiver);
        var before = await receiver.FirstAsync(3);
        await first.StopAsync(default);
        File.Delete(world.Data.PositionFile("ticketing"));

        await world.FeedAsync(FeedTarget.Ticketing, receiver);

        Assert.Equal(before.AsEnumerable(), (await receiver.FirstAsync(6)).AsEnumerable().Skip(3));
    }

    [Fact]
    public async Task FailingSystem_IsTriedLaterAndLater_AndNothingOvertakes()
    {
        const int failures = 12;
        var clock = new WaitingClock();
        var tries = 0;
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((_, response) => response.StatusCode = ++tries <= failures ? 500 : 200);
        await world.LogAsync("T-1", "m-1");
        await world.LogAsync("T-1", "m-2");
        await world.FeedAsync(FeedTarget.Crm, receiver, clock);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < failures; i++)
            waits.Add(await clock.PassNextAsync());

        var events = await receiver.FirstAsync(failures + 2);
        Assert.Equal([.. Enumerable.Repeat("m-1", failures + 1), "m-2"], events.Select(each => each["interactionId"]));
        Assert.Single(events[..^1].Select(each => each.Key).Distinct());
        for (var i = 0; i < failures; i++)
        {
            var full = Math.Min(Math.Pow(2, i), 300); // seconds; half of it at least, for two feeds shall not knock together
            Assert.InRange(waits[i].TotalSeconds, full / 2, full);
        }
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("86400", 300)]
    public async Task SystemThatAsksForTime_GetsIt_UpToFiveMinutes(string asked, int seconds)
    {
        var clock = new WaitingClock();
        var tries = 0;
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((_, response) =>
        {
            if (tries++ > 0)
                return;
            response.StatusCode = 429;
            response.Headers.RetryAfter = asked;
        });
        await world.LogAsync("T-1", "m-1");
        await world.FeedAsync(FeedTarget.Crm, receiver, clock);

        Assert.Equal(TimeSpan.FromSeconds(seconds), await clock.PassNextAsync());

        await receiver.FirstAsync(2);
    }

    [Fact]
    public async Task RefusedEvent_IsWrittenDown_AndPassedOver()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync((received, response) => response.StatusCode = received["interactionId"] == "m-2" ? 422 : 200);
        foreach (var message in new[] { "m-1", "m-2", "m-3" })
            await world.LogAsync("T-1", message);

        var feed = await world.FeedAsync(FeedTarget.Crm, receiver);

        var events = await receiver.FirstAsync(3);
        Assert.Equal(["m-1", "m-2", "m-3"], events.Select(each => each["interactionId"]));
        await feed.StopAsync(default);
        var line = JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(world.Data.RefusedFile("crm"))))!;
        Assert.Equal(("crm.ticket.T-1.3", "activity.logged", 3L), ((string?)line["key"], (string?)line["event"], (long)line["position"]!));
        Assert.Contains("422", (string?)line["reason"], StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(events[1].Body), line["body"]));
    }

    [Fact]
    public async Task SystemThatIsDown_DelaysNoOther()
    {
        var clock = new WaitingClock();
        await using var world = await FeedWorld.StartAsync();
        await using var down = await WebhookReceiver.StartAsync((_, response) => response.StatusCode = 503);
        await using var up = await WebhookReceiver.StartAsync();
        await world.FeedAsync(FeedTarget.Crm, down, clock);
        await world.LogAsync("T-1", "m-1");
        await clock.NextAsync(); // And that wait never ends.

        await world.FeedAsync(FeedTarget.Ticketing, up);
        await world.LogAsync("T-1", "m-2");

        await up.FirstAsync(3);
        Assert.Single(down.All);
    }

    [Fact]
    public async Task PositionOfAnotherJournal_SendsEverythingAgain()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await world.LogAsync("T-1", "m-1");
        await File.WriteAllTextAsync(world.Data.PositionFile("crm"), "1000\n");

        await world.FeedAsync(FeedTarget.Crm, receiver);

        await receiver.FirstAsync(1);
    }
}
