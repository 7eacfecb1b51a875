using System.Diagnostics.Metrics;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Alerts;
using CustomerService.Silo.Alerts;
using CustomerService.Silo.Crm;
using CustomerService.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Tests.Alerts;

/// <summary>Figures, the owner's rules and the alerts' own grain, with a clock that is moved by hand.</summary>
public sealed class AlertRunnerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly World _world;
    private readonly Figures _figures = new();
    private readonly OwnersRules _rules = new()
    {
        Current = new AlertRules([new AlertRule("long wait", AlertFigures.Find(AlertFigures.OldestWait)!, AlertKind.Above) { Limit = 600, ClearsAt = 600, Tell = [Role.Supervisor, Role.Operator] }]),
    };

    public AlertRunnerTests() => _world = new World(_time);

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Alert_IsRaised_Followed_AndCleared_AndToldToThoseWhoHaveADesk()
    {
        await _world.HireAsync("sue", Role.Supervisor);
        await _world.HireAsync("olga", Role.Operator);
        await _world.HireAsync("ann", Role.Agent);
        var runner = Runner();

        await LookAsync(runner, 500);
        Assert.Empty((await ViewAsync()).Raised);
        await LookAsync(runner, 700);
        var raised = Assert.Single((await ViewAsync()).Raised);
        Assert.Equal(("long wait", 700.0, 600.0, "oldest_wait: 11 min > 10 min"), (raised.Finding.Rule, raised.Finding.Value, raised.Finding.Limit, raised.Finding.Said));
        Assert.Equal(["sue"], _world.Noticed);

        await LookAsync(runner, 900);
        await LookAsync(runner, 800);
        Assert.Equal((800.0, 900.0), ((await ViewAsync()).Raised[0].Finding.Value, (await ViewAsync()).Raised[0].Worst));
        await LookAsync(runner, 100);
        await LookAsync(runner, 100, TimeSpan.FromMinutes(1));

        var view = await ViewAsync();
        Assert.Empty(view.Raised);
        Assert.Equal(AlertEnds.Calm, Assert.Single(view.Past).Why);
        Assert.Equal(["sue"], _world.Noticed);
    }

    [Fact]
    public async Task AnotherProcess_GoesOnWithWhatIsRaised()
    {
        await LookAsync(Runner(), 700);
        var next = Runner();
        await LookAsync(next, 700);
        Assert.Equal("alert-1", Assert.Single((await ViewAsync()).Raised).Id);

        await LookAsync(next, 100);
        await LookAsync(next, 100, TimeSpan.FromMinutes(1));
        Assert.Empty((await ViewAsync()).Raised);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatCanNotBeReadOrToldNow_IsLookedAtAgain(bool isExpected)
    {
        var runner = Runner();
        _figures.Fault = isExpected ? new StoreUnavailableException("the disk is away") : new InvalidOperationException("something else");
        await LookAsync(runner, 700);
        Assert.Empty((await ViewAsync()).Raised);

        _figures.Fault = null;
        _world.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => LookAsync(runner, 700));
        _world.IsAway = false;
        await LookAsync(runner, 700);
        Assert.Single((await ViewAsync()).Raised);
    }

    [Fact]
    public async Task RuleThatTheOwnerRemoves_EndsItsAlert()
    {
        var runner = Runner();
        await LookAsync(runner, 700);
        _rules.Current = AlertRules.None;
        await LookAsync(runner, 700);

        Assert.Equal(AlertEnds.RuleGone, Assert.Single((await ViewAsync()).Past).Why);
    }

    private AlertRunner Runner() => new(
        _rules, [_figures], _world, new OnlyProcess(), new AlertInstruments(_services.GetRequiredService<IMeterFactory>()), _time, NullLogger<AlertRunner>.Instance);

    private async Task LookAsync(AlertRunner runner, double seconds, TimeSpan? later = null)
    {
        _time.Advance(later ?? TimeSpan.FromSeconds(20));
        _figures.Wait = seconds;
        await runner.LookAsync(default);
    }

    private async Task<AlertsView> ViewAsync() => (AlertsView)await _world.AskAsync(Grain.Alerts, new GetAlerts());

    private sealed class OwnersRules : IAlertRules
    {
        public required AlertRules Current { get; set; }
    }

    private sealed class Figures : IAlertSource
    {
        public double Wait { get; set; }

        public Exception? Fault { get; set; }

        public AlertSource Source => AlertSource.Queues;

        public ValueTask<IReadOnlyList<RuleReadings>> ReadAsync(IReadOnlyCollection<AlertRule> rules, DateTimeOffset now, CancellationToken cancellation) => Fault is null
            ? ValueTask.FromResult<IReadOnlyList<RuleReadings>>([.. rules.Select(rule => new RuleReadings(rule, [new AlertReading("", Wait)]))])
            : ValueTask.FromException<IReadOnlyList<RuleReadings>>(Fault);
    }

    /// <summary>The grains, each turn as its behaviour decides it.</summary>
    private sealed class World(TimeProvider time) : IGrainClient
    {
        private readonly Dictionary<GrainId, object> _states = [];

        public bool IsAway { get; set; }

        /// <summary>Who was told of an alert.</summary>
        public List<string> Noticed { get; } = [];

        public async Task HireAsync(string id, Role role) => Assert.IsNotType<Refused>(await AskAsync(Grain.Staff, new AddPerson(id, id, null, [role], "a hash", "admin")));

        public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
        {
            if (IsAway)
                throw new StoreUnavailableException("the disk is away");
            var kind = GrainCatalog.Find(grain.Kind);
            var turn = kind.Handle(_states.GetValueOrDefault(grain) ?? kind.Initial(grain.Key), command, time.GetUtcNow());
            _states[grain] = turn.State;
            Noticed.AddRange(turn.Effects.OfType<Tell>().Where(tell => tell.Command is GiveNotice).Select(tell => tell.To.Key));
            return ValueTask.FromResult(turn.Reply);
        }
    }
}
