using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.InProcess;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Silo.Tests.Running;

/// <summary>The owner's routing file and the queues of a whole system.</summary>
public sealed class PolicyTellerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _data = new();
    private readonly OwnersContent _content = new();

    public void Dispose()
    {
        _data.Dispose();
        _content.Dispose();
    }

    [Fact]
    public async Task Queues_KnowTheirPolicies_WhenTheSystemIsReady_AndNoStartTellsNews()
    {
        Write("max_waiting: 7, overflow: general");
        await using (var silo = await StartAsync())
        {
            Assert.Equal((7, "general"), await LimitAsync(silo));
            Assert.Equal(3, (await ConfiguredAsync(silo)).Count);
        }

        await using (var again = await StartAsync())
            Assert.Equal(3, (await ConfiguredAsync(again)).Count);

        Write("max_waiting: 8, overflow: general");
        await using var third = await StartAsync();
        Assert.Equal((8, "general"), await LimitAsync(third));
        Assert.Equal("billing", (await ConfiguredAsync(third))[3].Grain.Key);
    }

    [Fact]
    public async Task Edit_ReachesItsQueue_AndOneLeftOutHasThePlainPolicyAgain()
    {
        Write("max_waiting: 7, overflow: general");
        await using var silo = await StartAsync();

        await UntilConfiguredAsync(silo, "billing", () => Write("max_waiting: 9, overflow: general"));
        Assert.Equal((9, "general"), await LimitAsync(silo));

        await UntilConfiguredAsync(silo, "billing", () => Write(null));
        Assert.Equal((0, null), await LimitAsync(silo));
    }

    [Fact]
    public async Task FileThatStrandsCustomers_StopsTheStart_WithItsPlace()
    {
        Write("max_waiting: 7, overflow: billing");

        var failure = await Assert.ThrowsAsync<CommandFailedException>(async () => await (await StartAsync()).DisposeAsync());

        Assert.Contains("routing.yaml:3:40: error: 'overflow' leads round: billing → billing", failure.Message, StringComparison.Ordinal);
    }

    private void Write(string? billing) => _content.WriteRouting(
        "queues:\n  general: []\n" + (billing is null ? "" : $"  billing: {{ {billing} }}\n"));

    private Task<RunningSilo> StartAsync() => RunningSilo.StartAsync(
        new SiloSettings { DataFolder = _data.Path, Content = _content.Folder, Listen = "http://127.0.0.1:0", MetricsPort = 0, Quiet = true }, default);

    private static async Task<(int, string?)> LimitAsync(RunningSilo silo)
    {
        var view = (QueueView)await silo.App.Services.GetRequiredService<IGrainClient>().AskAsync(Grain.Queue("billing"), new GetQueue());
        return (view.Policy!.MaxWaiting, view.Policy.Overflow);
    }

    private static async Task<IReadOnlyList<JournalEntry>> ConfiguredAsync(RunningSilo silo) =>
        [.. (await silo.App.Services.GetRequiredService<IJournal>().ReadAllAsync(0, 1000)).Where(entry => entry.Event is QueueConfigured)];

    private static async Task UntilConfiguredAsync(RunningSilo silo, string queue, Action edit)
    {
        var configured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = silo.App.Services.GetRequiredService<IJournal>().Subscribe(null, entry =>
        {
            if (entry.Event is QueueConfigured && entry.Grain.Key == queue)
                configured.TrySetResult();
        });
        edit();
        await configured.Task.WaitAsync(Patience);
    }
}
