using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Sockets;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Turns;
using CustomerService.Staff;

namespace CustomerService.Gateway.Staff;

/// <summary>An agent's program or page that is open. While it is, the agent can get work; once it is lost, what they hold goes back after a while.</summary>
/// <param name="lease">It is said again within this time, in case this process dies and can't say that it is lost.</param>
internal sealed class AgentConnection(
    IStaffDoor door, IGrainClient grains, StaffMember member, string agentId, TimeSpan lease, TimeProvider time, SocketLogs logs) : IAgentConnection
{
    private static readonly TimeSpan SignsApart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(10);

    private readonly GrainId _grain = Grain.Agent(agentId);
    private readonly CancellationTokenSource _ending = new();
    private bool _takesWork;
    private long _lastSign;

    public string Id { get; } = Ids.New("ac");

    /// <summary>Goes on until the end; it fails when the member may not be there any more.</summary>
    public Task Renewing { get; private set; } = Task.CompletedTask;

    public async ValueTask OpenAsync(CancellationToken cancellation)
    {
        await HoldAsync(cancellation);
        Renewing = RenewAsync();
    }

    public async ValueTask<AgentView> DeskAsync(CancellationToken cancellation)
    {
        var desk = await grains.AskForAsync<AgentView>(_grain, new GetAgent(), cancellation);
        _takesWork = desk.NotReady is null;
        return desk;
    }

    public async ValueTask AliveAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        if (_takesWork && _lastSign != 0 && time.GetElapsedTime(_lastSign, now) < SignsApart)
            return;
        _lastSign = now;
        await door.DoAsync(member, _grain, new SignOfLife(), cancellation: cancellation);
    }

    /// <summary>Renews no more.</summary>
    public async ValueTask EndAsync()
    {
        await _ending.CancelAsync();
        await Renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ending.Dispose();
        using var timeIsUp = new CancellationTokenSource(FarewellTimeout, time);
        try
        {
            await grains.AskForAsync<Done>(_grain, new ConnectionLost(Id), timeIsUp.Token);
        }
#pragma warning disable CA1031 // Whatever it is, then the lease tells.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logs.Failed(fault, Problems.From(fault));
        }
    }

    private async ValueTask HoldAsync(CancellationToken cancellation) =>
        await door.DoAsync(member, _grain, new ConnectionOpened(Id) { LeaseSeconds = lease.TotalSeconds }, cancellation: cancellation);

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                try
                {
                    await HoldAsync(_ending.Token);
                }
                catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException)
                {
                    logs.Failed(fault, Problems.From(fault));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
    }
}

/// <inheritdoc cref="AgentConnection"/>
public interface IAgentConnection : IAsyncDisposable
{
    /// <summary>The agent is here from now on.</summary>
    /// <exception cref="StaffRefusedException">There is no such agent, or it is not theirs to be.</exception>
    ValueTask OpenAsync(CancellationToken cancellation);

    /// <summary>What is on the desk.</summary>
    /// <exception cref="ProblemException">There is no such agent.</exception>
    ValueTask<AgentView> DeskAsync(CancellationToken cancellation);

    /// <summary>A key, a click. One in a while is told, unless it ends that no work comes.</summary>
    ValueTask AliveAsync(CancellationToken cancellation);
}

/// <summary>Opens connections of agents whose pages are in this process.</summary>
public sealed class AgentConnections
{
    private readonly Func<StaffMember, AgentConnection> _make;

    internal AgentConnections(IStaffDoor door, IGrainClient grains, GatewayOptions options, SocketLogs logs, TimeProvider time) =>
        _make = member => new AgentConnection(door, grains, member, member.Id, options.AgentConnectionLease, time, logs);

    /// <summary>A person's at their own desk.</summary>
    public IAgentConnection Of(StaffMember member) => _make(member);
}
