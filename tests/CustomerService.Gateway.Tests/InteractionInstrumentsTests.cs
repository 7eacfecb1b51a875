using System.Diagnostics.Metrics;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class InteractionInstrumentsTests
{
    [Fact]
    public async Task Each_message_dealt_with_is_counted_and_timed_once()
    {
        var world = new GrainWorld
        {
            Script = context => context.Message.Content switch
            {
                "fail" => throw new TimeoutException("too slow"),
                "person" => Task.FromResult(Outcomes.Handoff("billing", priority: 9)),
                _ => Task.FromResult(Outcomes.Answer("ok")),
            },
        };
        await using var gateway = await RunningGateway.StartAsync(world);
        using var figures = new Figures(gateway.Services.GetRequiredService<IMeterFactory>());

        foreach (var text in (string[])["one", "two", "fail", "person"])
            await gateway.MessagesAsync((await gateway.SayAsync(null, text, $"c-{text}", "m-1")).Json["token"]!.GetValue<string>(), $"c-{text}", 2);
        await gateway.SayAsync(null, "one", "c-one-more");
        await gateway.ReadAsync(RunningGateway.AgentToken, "c-one-more", "?after=1&wait=10");
        await gateway.Services.GetRequiredService<QueueInstruments>().RefreshAsync(CancellationToken.None);
        figures.Listener.RecordObservableInstruments();

        Assert.Equal(3, figures.Sum("customer_interactions", "channel=chat,intent=order_status,resolution_type=automated"));
        Assert.Equal(1, figures.Sum("customer_interactions", "channel=chat,intent=order_status,resolution_type=human"));
        Assert.Equal(1, figures.Sum("customer_interactions", "channel=chat,intent=unknown,resolution_type=error_fallback"));
        Assert.Equal(3, figures.Count("response_time", "channel=chat,resolution_type=automated"));
        Assert.Equal(1, figures.Sum("queue_size", "priority=high,queue_name=billing"));
        Assert.Equal(0, figures.Sum("queue_size", "priority=normal,queue_name=billing"));
        Assert.Equal(1, figures.Sum("queue_size", "priority=high,queue_name=general") + figures.Sum("queue_size", "priority=normal,queue_name=general"));
    }
}
