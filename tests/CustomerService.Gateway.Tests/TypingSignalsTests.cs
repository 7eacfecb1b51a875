using CustomerService.Gateway.Conversations;
using CustomerService.Grains;
using CustomerService.Runtime.Journal;
using CustomerService.Tests;

namespace CustomerService.Gateway.Tests;

public sealed class TypingSignalsTests
{
    private readonly InProcessHints _hints = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_sign_is_seen_here_and_fades()
    {
        var signals = new TypingSignals(_hints, _clock);
        signals.Report("c-1", TypingSide.Customer);

        Assert.Equal(_clock.GetUtcNow(), signals.LastAt("c-1", TypingSide.Customer));
        Assert.Null(signals.LastAt("c-1", TypingSide.Agent));
        _clock.Advance(TypingSignals.Holds + TimeSpan.FromSeconds(1));
        Assert.Null(signals.LastAt("c-1", TypingSide.Customer));
    }

    [Fact]
    public void A_sign_of_another_process_is_seen_while_it_is_listened_to()
    {
        var console = new TypingSignals(_hints, _clock);
        var gateway = new TypingSignals(_hints, _clock);
        var heard = new List<TypingSide>();
        using (gateway.Subscribe("c-1", heard.Add))
            console.Report("c-1", TypingSide.Agent);
        console.Report("c-1", TypingSide.Customer);

        Assert.Equal([TypingSide.Agent], heard);
        Assert.NotNull(gateway.LastAt("c-1", TypingSide.Agent));
        Assert.Null(gateway.LastAt("c-1", TypingSide.Customer));
    }

    [Fact]
    public void Words_of_a_newer_program_are_left_aside()
    {
        var signals = new TypingSignals(_hints, _clock);
        var heard = new List<TypingSide>();
        using var subscription = signals.Subscribe("c-1", heard.Add);

        _hints.Send(Grain.Conversation("c-1"), "dictating:agent");

        Assert.Empty(heard);
    }
}
