using CustomerService.AgentConsole.Live;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Desk;

/// <summary>
/// One browser page of an agent: while its line is up the agent is here, and what is on the desk is known. The line going down for good is the
/// agent going; coming back in time is as if nothing had been.
/// </summary>
internal sealed class AgentSession(AgentConnections connections, IJournal journal, TimeProvider time, ILogger<AgentSession> logger) : CircuitHandler, IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _one = new(1, 1);
    private IAgentConnection? _connection;
    private Coalesced? _reading;
    private IDisposable? _news;
    private StaffMember? _member;

    /// <summary>The desk was read anew.</summary>
    public event Action? Changed;

    /// <summary>What is on the desk; null: it is not known yet, or this person is no agent.</summary>
    public AgentView? Desk { get; private set; }

    /// <summary>Why there is no desk; null: there is one, or nobody knows yet.</summary>
    public string? Missing { get; private set; }

    /// <summary>The person is at their desk from now on. Again is harmless.</summary>
    public async Task BeginAsync(StaffMember member, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_member is not null)
                return;
            _member = member;
            _reading = new Coalesced(Between, time, logger, ReadAsync);
            _news = journal.Subscribe(Grain.Agent(member.Id), _ => _reading.Ask());
            await ConnectAsync(cancellation);
            _reading.Ask();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A key or a click of theirs.</summary>
    public ValueTask AliveAsync(CancellationToken cancellation) => _connection?.AliveAsync(cancellation) ?? default;

    /// <summary>Reads the desk again soon.</summary>
    public void Refresh() => _reading?.Ask();

    public override async Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await DisconnectAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_member is not null && _connection is null)
                await ConnectAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }

        _reading?.Ask();
    }

    public async ValueTask DisposeAsync()
    {
        _news?.Dispose();
        if (_reading is not null)
            await _reading.DisposeAsync();
        await DisconnectAsync();
        // The semaphore stays as it is: when a process ends, the circuit says that its line went down after this.
    }

    private async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        var connection = connections.Of(_member!);
        try
        {
            await connection.OpenAsync(cancellation);
            (_connection, Missing) = (connection, null);
        }
        catch (StaffRefusedException noDesk)
        {
            Missing = noDesk.Message;
        }
    }

    private async ValueTask DisconnectAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (_connection is { } connection)
                Desk = await connection.DeskAsync(cancellation);
        }
        catch (Exception fault) when (fault is ProblemException or HostBusyException or StoreUnavailableException)
        {
            // What was read before stays; there will be more news.
        }

        Changed?.Invoke();
    }
}
