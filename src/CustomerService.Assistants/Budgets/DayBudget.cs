using System.Security.Cryptography;
using CustomerService.Assistants.Models;
using CustomerService.Grains;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Assistants.Budgets;

/// <summary>
/// This process's part of what chat models may take in a day. It is leased piece by piece from the day's grain, which all processes share and
/// which outlives them; a call is admitted while something of the lease is left.
/// </summary>
public sealed partial class DayBudget : IDisposable
{
    /// <summary>The day in this many leases: what a process that dies takes with it.</summary>
    private const int Parts = 50;

    /// <summary>A lease that is worth asking for: a few calls.</summary>
    private static readonly ModelAllowance LeastPart = new(10_000, 0.10m, 60);

    /// <summary>Where a day has no limit, a lease has one all the same.</summary>
    private static readonly ModelAllowance LargestPart = new(1_000_000, 100m, 36_000);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private readonly IGrainClient? _grains;
    private readonly Func<ModelAllowance> _limit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _me = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly SemaphoreSlim _oneLease = new(1);
    private readonly Lock _gate = new();
    private DateOnly _day;
    private ModelAllowance _left = ModelAllowance.None;
    private DateTimeOffset _askAgainAt;
    private DateOnly _toldOn;
    private DateOnly _ownedOn;
    private long _leases;

    /// <param name="grains">Null: this process has the whole day for itself, and forgets it when it ends.</param>
    /// <param name="limit">The day's, by the settings in force.</param>
    public DayBudget(IGrainClient? grains, Func<ModelAllowance> limit, TimeProvider time, ILogger<DayBudget>? logger = null) =>
        (_grains, _limit, _time, _logger) = (grains, limit, time, logger ?? NullLogger<DayBudget>.Instance);

    /// <summary>Null: a call may be made. Else why not.</summary>
    internal async ValueTask<string?> RefusalAsync(CancellationToken cancellation)
    {
        if (HasLeft())
            return null;
        await _oneLease.WaitAsync(cancellation);
        try
        {
            if (HasLeft())
                return null;
            var now = _time.GetUtcNow();
            if (now < _askAgainAt)
                return "over the day's budget";
            var granted = await LeaseAsync(cancellation);
            lock (_gate)
                _left += granted;
            if (HasLeft())
                return null;
            _askAgainAt = now + AskAgainAfter;
            TellOnce();
            return "over the day's budget";
        }
        catch (Exception fault) when (fault is StoreUnavailableException or HostBusyException or CommandParkedException)
        {
            _askAgainAt = _time.GetUtcNow() + TimeSpan.FromSeconds(2);
            return "the day's budget can't be asked now";
        }
        finally
        {
            _oneLease.Release();
        }
    }

    /// <summary>Counts what a call took. It may take more than is left: the next lease pays for it.</summary>
    internal void Spend(ModelAllowance spent)
    {
        lock (_gate)
            _left -= spent;
    }

    /// <summary>Gives back what is left, when the process ends.</summary>
    public async ValueTask ReturnAsync(CancellationToken cancellation)
    {
        ModelAllowance unspent;
        DateOnly day;
        lock (_gate)
        {
            (unspent, day) = (_left, _day);
            _left = ModelAllowance.None;
        }

        // What was overspent in one of the three can't be given back.
        unspent = new ModelAllowance(Math.Max(0, unspent.Tokens), Math.Max(0, unspent.Dollars), Math.Max(0, unspent.Seconds));
        if (_grains is not null && unspent != ModelAllowance.None)
            await _grains.AskAsync(Grain.ModelBudget(day), new ReturnModelBudget(unspent) { Id = $"{_me}:return" }, cancellation);
    }

    public void Dispose() => _oneLease.Dispose();

    private bool HasLeft()
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        lock (_gate)
        {
            if (today != _day)
                (_day, _left, _askAgainAt) = (today, ModelAllowance.None, default);
            return !_left.IsUsedUp;
        }
    }

    private async ValueTask<ModelAllowance> LeaseAsync(CancellationToken cancellation)
    {
        var limit = _limit();
        var wanted = Part(limit) - Owed();
        if (_grains is null)
        {
            var first = _ownedOn != _day;
            _ownedOn = _day;
            return first ? limit : ModelAllowance.None;
        }

        var reply = await _grains.AskAsync(Grain.ModelBudget(_day), new LeaseModelBudget(wanted, limit) { Id = $"{_me}:{_leases++}" }, cancellation);
        return reply is ModelLease lease ? lease.Granted : ModelAllowance.None;
    }

    /// <summary>What is left, where it is less than nothing: negative.</summary>
    private ModelAllowance Owed()
    {
        lock (_gate)
            return _left.Min(ModelAllowance.None);
    }

    private static ModelAllowance Part(ModelAllowance limit)
    {
        var part = new ModelAllowance(limit.Tokens / Parts, limit.Dollars / Parts, limit.Seconds / Parts).Min(LargestPart);
        return new ModelAllowance(Math.Max(part.Tokens, LeastPart.Tokens), Math.Max(part.Dollars, LeastPart.Dollars), Math.Max(part.Seconds, LeastPart.Seconds));
    }

    private void TellOnce()
    {
        if (_toldOn == _day)
            return;
        _toldOn = _day;
        LogUsedUp(_day);
    }

    [LoggerMessage(LogLevel.Warning, "What chat models may take on {Day} (UTC) is used up; the assistant answers by its own rules. The limit is budgets.day of content/assistant.yaml")]
    private partial void LogUsedUp(DateOnly day);
}
