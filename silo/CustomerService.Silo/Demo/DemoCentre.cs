using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Playing;
using CustomerService.Silo.Running;

namespace CustomerService.Silo.Demo;

/// <summary>A centre that lives by itself: customers who come, in bursts and in five languages, and a few colleagues who answer them.</summary>
/// <param name="secret">Of the played networks' accounts.</param>
internal sealed class DemoCentre(RunningSystem system, string secret, DemoPace pace, ILogger logger, TimeProvider time)
{
    private static readonly string[] Colleagues = ["Mia", "Luis", "Chloé", "Emil", "Yuki", "Noor"];
    private readonly Dictionary<string, DemoStories> _languages = DemoStories.Languages.ToDictionary(language => language, DemoStories.Read);

    /// <summary>Plays until it is told to stop.</summary>
    public async Task PlayAsync(IReadOnlyCollection<string> queues, CancellationToken cancellation)
    {
        using var inside = system.Inside();
        using var outside = system.Outside();
        var staff = new DemoDoor(inside);
        var visitor = new PlayedVisitor(outside, new ProviderDoor(outside, publicUrl: null), staff, secret, time);
        var colleagues = Colleagues.Take(pace.Colleagues).Select((name, at) =>
            EndQuietlyAsync(new PlayedColleague($"played-{at + 1}", name, staff, _languages, time).WorkAsync(queues, new Random(pace.Seed + at + 1), cancellation), cancellation));
        await Task.WhenAll([.. colleagues, EndQuietlyAsync(ComeAsync(visitor, cancellation), cancellation)]);
    }

    /// <summary>At first as many at once as make each page alive; then one after another, with the gaps that independent people leave.</summary>
    private async Task ComeAsync(PlayedVisitor visitor, CancellationToken cancellation)
    {
        var random = new Random(pace.Seed);
        using var places = new SemaphoreSlim(DemoPace.MostAtOnce);
        for (var come = 0; ; come++)
        {
            await places.WaitAsync(cancellation);
            var language = _languages[DemoStories.Languages[random.Next(3) == 0 ? 0 : random.Next(DemoStories.Languages.Length)]];
            _ = EndQuietlyAsync(visitor.LiveAsync(language, new Random(random.Next()), cancellation), cancellation)
                .ContinueWith(_ => places.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var gap = come < DemoPace.AtFirst ? TimeSpan.FromMilliseconds(150) : pace.Gap * -Math.Log(1 - random.NextDouble());
            await Task.Delay(gap, time, cancellation);
        }
    }

    /// <summary>A played person who comes to grief is told of, and the others go on.</summary>
    private async Task EndQuietlyAsync(Task life, CancellationToken cancellation)
    {
        try
        {
            await life;
        }
        catch (Exception end) when (end is OperationCanceledException or CommandFailedException or System.Text.Json.JsonException or InvalidOperationException or ObjectDisposedException)
        {
            if (!cancellation.IsCancellationRequested)
                logger.LogWarning("Somebody whom the demo plays left: {Reason}", end.Message);
        }
    }
}

/// <param name="AMinute">Customers who come, on average.</param>
/// <param name="Colleagues">Played agents.</param>
/// <param name="Seed">The same people come in the same order.</param>
internal sealed record DemoPace(int AMinute, int Colleagues, int Seed)
{
    public const int MostAtOnce = 80;

    /// <summary>Come at once at the start, so that each page is alive within seconds.</summary>
    public const int AtFirst = 24;

    public TimeSpan Gap => TimeSpan.FromMinutes(1) / AMinute;
}
