using System.Threading.Channels;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests;

public sealed class KnownQueuesTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Settings_and_what_happens_here_name_queues()
    {
        var world = new GrainWorld();
        using var known = await StartAsync(world, elsewhere: null);
        Assert.Equal(["general"], known.Names);

        await world.AskAsync(Grain.Queue("billing"), new ConfigureQueue(ContactCentre.Tier("tier1", escalateTo: null)));

        Assert.Equal(["billing", "general"], known.Names);
    }

    [Fact]
    public async Task Queues_elsewhere_are_known_from_the_start_and_new_ones_soon()
    {
        var elsewhere = new Elsewhere { Names = ["billing"] };
        using var known = await StartAsync(new GrainWorld(), elsewhere);
        Assert.Equal(["billing", "general"], known.Names);

        elsewhere.Names = ["billing", "press"];
        await elsewhere.ReadAgainAsync(_clock);

        Assert.Equal(["billing", "general", "press"], known.Names);
    }

    [Fact]
    public async Task Store_that_is_away_is_read_again_later()
    {
        var elsewhere = new Elsewhere { Names = ["billing"], IsAway = true };
        using var known = await StartAsync(new GrainWorld(), elsewhere);
        Assert.Equal(["general"], known.Names);

        elsewhere.IsAway = false;
        await elsewhere.ReadAgainAsync(_clock);

        Assert.Equal(["billing", "general"], known.Names);
    }

    private async Task<KnownQueues> StartAsync(GrainWorld world, IQueueNames? elsewhere)
    {
        var known = new KnownQueues(["general"], world, elsewhere, _clock, NullLogger<KnownQueues>.Instance);
        await known.StartAsync(default);
        return known;
    }

    /// <summary>Queues that live in other processes.</summary>
    private sealed class Elsewhere : IQueueNames
    {
        private readonly Channel<bool> _reads = Channel.CreateUnbounded<bool>();

        public string[] Names { get; set; } = [];

        public bool IsAway { get; set; }

        public ValueTask<IReadOnlyCollection<string>> ReadAsync(CancellationToken cancellation)
        {
            _reads.Writer.TryWrite(true);
            return IsAway ? throw new StoreUnavailableException("away") : new(Names);
        }

        /// <summary>Lets time pass until the names were read twice more: then what the first reading found is known.</summary>
        public async Task ReadAgainAsync(ManualTimeProvider clock)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (_reads.Reader.TryRead(out _))
            {
            }

            for (var reads = 0; reads < 2;)
            {
                patience.Token.ThrowIfCancellationRequested();
                clock.Advance(TimeSpan.FromSeconds(30));
                await Task.Yield();
                if (_reads.Reader.TryRead(out _))
                    reads++;
            }
        }
    }
}
