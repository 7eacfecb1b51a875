using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace CustomerService.Grains.Orleans.Roster;

/// <summary>
/// Looks every second which silos live, in any process of the cluster. Orleans tells a client nothing when a silo dies, other than by calls that get
/// no answer: whoever waits for one learns here that it may wait in vain.
/// </summary>
public sealed class SiloWatch : IDisposable
{
    private const int Ways = 16;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private const int MostRemembered = 16;

    private readonly IGrainFactory grains;
    private readonly IClusterMembershipService? membership;
    private readonly TimeProvider time;
    private readonly ILogger<SiloWatch> logger;
    private readonly ITimer timer;
    private CancellationTokenSource loss = new();
    private IReadOnlySet<string> living = new HashSet<string>();
    private ImmutableArray<RosterMember> present = [];
    private ImmutableArray<LostMember> gone = [];
    private long looks;
    private int isLooking;

    /// <param name="membership">What a silo knows by itself; null in a client, which asks a silo.</param>
    public SiloWatch(IGrainFactory grains, TimeProvider time, ILogger<SiloWatch> logger, IClusterMembershipService? membership = null)
    {
        (this.grains, this.time, this.logger, this.membership) = (grains, time, logger, membership);
        timer = time.CreateTimer(_ => _ = LookAsync(), null, TimeSpan.Zero, Period);
    }

    /// <summary>The names of the silos that were not known to be dead at the last look; none before the first.</summary>
    public IReadOnlySet<string> Living => Volatile.Read(ref living);

    /// <summary>The silos that this process saw leave within the last hour and that no other of the same name has followed, the last first.</summary>
    public IReadOnlyList<LostMember> Gone => gone;

    /// <summary>Ends at the next look that finds a silo gone.</summary>
    internal CancellationToken NextLoss => Volatile.Read(ref loss).Token;

    /// <summary>Raised after each look that had an answer.</summary>
    internal event Action? Looked;

    public void Dispose() => timer.Dispose();

    private void NoteGone(ImmutableArray<RosterMember> members)
    {
        var at = time.GetUtcNow();
        var left = present.Where(was => members.All(member => member.Silo != was.Silo)).Select(member => new LostMember(member, at));
        gone = [.. left.Concat(gone).Where(lost => at - lost.At < Remembered && members.All(member => member.Name != lost.Member.Name)).Take(MostRemembered)];
        present = members;
    }

    /// <summary>Each key leads through another silo's gateway: one that hangs must not hide that it does.</summary>
    private Task<ClusterRoster> AskAsync() => grains.GetGrain<IRosterGrain>(looks++ % Ways).Look().WaitAsync(Patience, time);

    private async Task LookAsync()
    {
        if (Interlocked.Exchange(ref isLooking, 1) != 0)
            return;
        try
        {
            var roster = membership is { } own ? ClusterRoster.Of(own.CurrentSnapshot) : await AskAsync();
            var before = Living;
            var now = roster.Members.Where(member => member.Status != nameof(SiloStatus.Dead)).Select(member => member.Silo).ToHashSet(StringComparer.Ordinal);
            Volatile.Write(ref living, now);
            NoteGone([.. roster.Members.Where(member => now.Contains(member.Silo))]);
            if (!before.IsSubsetOf(now))
                await Interlocked.Exchange(ref loss, new CancellationTokenSource()).CancelAsync();
            Looked?.Invoke();
        }
#pragma warning disable CA1031 // Without a connection to the cluster there is nothing to know; the next look may have one.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogDebug(fault, "The cluster does not say which silos live");
        }
        finally
        {
            Volatile.Write(ref isLooking, 0);
        }
    }
}

/// <summary>A silo that was seen to belong to the cluster, and then not.</summary>
public sealed record LostMember(RosterMember Member, DateTimeOffset At);
