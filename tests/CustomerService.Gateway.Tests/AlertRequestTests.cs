using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;

namespace CustomerService.Gateway.Tests;

public sealed class AlertRequestTests
{
    private static readonly AlertFinding LongWait =
        new("long wait", "billing", "oldest_wait", AlertKind.Above, AlertSeverity.Critical, 744, 600, DateTimeOffset.UnixEpoch, [744], "billing: 12 min > 10 min") { Part = "queue" };

    [Fact]
    public async Task Alert_is_listed_with_its_figures_and_taken_on_by_the_first()
    {
        await using var centre = await ContactCentre.OpenAsync();
        await centre.Gateway.World.AskAsync(Grain.Alerts, new RaiseAlert(LongWait, []));
        await centre.Gateway.World.AskAsync(Grain.Alerts, new RaiseAlert(LongWait with { Rule = "parked", Subject = "", Part = null }, []));

        var raised = (await centre.DoAsync(HttpMethod.Get, "/api/alerts")).Json["raised"]!.AsArray();
        Assert.Equal(
            ("alert-1", "long wait", "billing", "queue", "above", "critical", 744.0),
            (Text(raised[0]!["id"]), Text(raised[0]!["rule"]), Text(raised[0]!["subject"]), Text(raised[0]!["part"]), Text(raised[0]!["kind"]), Text(raised[0]!["severity"]), raised[0]!["value"]!.GetValue<double>()));
        Assert.Null(raised[1]!["subject"]);

        var taken = (await centre.DoAsync(HttpMethod.Post, "/api/alerts/alert-1/acknowledge", new { by = "sue", reason = "Two more come." })).Json["raised"]![0]!;
        Assert.Equal(("sue", "Two more come."), (Text(taken["acknowledgedBy"]), Text(taken["note"])));
        (await centre.TryAsync(HttpMethod.Post, "/api/alerts/alert-1/acknowledge", new { by = "tom" })).ShouldBe(409, "already_taken_on");
        (await centre.TryAsync(HttpMethod.Post, "/api/alerts/alert-9/acknowledge", new { by = "tom" })).ShouldBe(404, "no_such_alert");
        (await centre.TryAsync(HttpMethod.Post, "/api/alerts/alert-2/acknowledge", new { reason = "x" })).ShouldBe(400, "invalid_field");

        await centre.Gateway.World.AskAsync(Grain.Alerts, new ClearAlert("long wait", "billing", AlertEnds.Calm));
        var after = (await centre.DoAsync(HttpMethod.Get, "/api/alerts")).Json;
        Assert.Equal(("alert-2", "alert-1", "calm"), (Text(after["raised"]![0]!["id"]), Text(after["past"]![0]!["id"]), Text(after["past"]![0]!["ended"])));
    }

    private static string? Text(System.Text.Json.Nodes.JsonNode? node) => node?.GetValue<string>();
}
