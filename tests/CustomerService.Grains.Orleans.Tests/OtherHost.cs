using CustomerService.Grains.Turns;
using CustomerService.Runtime.Journal;
using CustomerService.Runtime.Stores.PostgreSql;
using CustomerService.Runtime.Turns;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>A host on the cluster's database that is not of the cluster: for the silos it is a dead one. It commits turns, and carries nothing out.</summary>
internal static class OtherHost
{
    /// <summary>How long ago it lived and died.</summary>
    public static readonly TimeSpan DiedAgo = TimeSpan.FromHours(1);

    /// <returns>The replies.</returns>
    public static async Task<Reply[]> CommitAsync(string database, GrainId grain, params Command[] commands)
    {
        await using var store = await PostgreSqlStore.OpenAsync(database, "dead");
        var environment = new TurnEnvironment(
            GrainCatalog.All, store, GrainFormat.Default, new JournalFeed(NullLogger.Instance),
            new ManualTimeProvider(TimeProvider.System.GetUtcNow() - DiedAgo), NullLogger.Instance);
        var activation = new Activation(grain, environment, new CarriesNothing());
        var replies = new List<Reply>();
        foreach (var command in commands)
        {
            var ask = new Ask(command);
            await activation.RunAsync(new[] { ask });
            replies.Add(await ask.Task);
        }

        return [.. replies];
    }

    private sealed class CarriesNothing : IEffectCarrier
    {
        public void Carry(ReadOnlySpan<PendingEffect> effects)
        {
        }

        public void AlarmSet(DateTimeOffset due)
        {
        }
    }
}
