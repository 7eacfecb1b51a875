using System.Diagnostics.Metrics;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class QueueInstrumentsTests
{
    [Fact]
    public async Task A_queue_that_cannot_be_asked_is_left_out()
    {
        var world = new GrainWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        using var figures = new Figures(gateway.Services.GetRequiredService<IMeterFactory>());
        var instruments = gateway.Services.GetRequiredService<QueueInstruments>();
        await instruments.RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();
        Assert.Equal(2, figures.Count("queue_size", null));

        world.Fault = (_, command) => command is GetQueue ? new StoreUnavailableException("gone") : null;
        await instruments.RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(2, figures.Count("queue_size", null));
    }

    [Fact]
    public async Task Waits_offers_promises_and_who_is_there_are_counted_by_queue()
    {
        await using var centre = await ContactCentre.OpenAsync();
        using var figures = new Figures(centre.Gateway.Services.GetRequiredService<IMeterFactory>());
        await centre.ConfigureAsync("general", ContactCentre.Tier("tier1", escalateTo: null));
        await centre.SignInAsync("bob");
        await centre.SignInAsync("ada");
        await centre.WaitingAsync("c-1");
        var offer = (await centre.DoAsync(HttpMethod.Get, "/api/agents/bob")).Json["offers"]![0]!["offerId"];
        await centre.DoAsync(HttpMethod.Post, $"/api/agents/bob/offers/{offer}/decline", new { reason = "lunch" });
        await centre.AcceptAsync("ada");
        await centre.ActAsync("c-1", "replies", new { agentId = "ada", text = "Hello" });
        await centre.ActAsync("c-1", "resolve", new { agentId = "ada" });
        await centre.Gateway.Services.GetRequiredService<QueueInstruments>().RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(1, figures.Sum("offers", "outcome=rejected,queue_name=general"));
        Assert.Equal(1, figures.Sum("offers", "outcome=accepted,queue_name=general"));
        Assert.Equal(1, figures.Count("queue_wait", "queue_name=general"));
        Assert.Equal(1, figures.Sum("service_level", "kind=first_response,met=true,queue_name=general"));
        Assert.Equal(1, figures.Sum("service_level", "kind=resolution,met=true,queue_name=general"));
        Assert.Equal(2, figures.Sum("agents_present", "queue_name=general"));
        Assert.Equal(1, figures.Count("queue_strained", "queue_name=general"));
        Assert.Equal(0, figures.Sum("queue_strained", "queue_name=general"));
    }
}
