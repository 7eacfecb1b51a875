using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Staff.Tests;

/// <summary>The staff's part over the real grains, with a clock that is moved by hand and cheap password hashes.</summary>
internal sealed class Company : IGrainClient, IJournal, IAsyncDisposable
{
    public static readonly StaffMember Boss = StaffMember.System("test", Role.Administrator);

    private readonly Dictionary<GrainId, object> _states;
    private readonly List<JournalEntry> _journal;
    private readonly ServiceProvider _services;
    private readonly Lock _gate = new();

    public Company(StaffSettings? settings = null)
        : this(settings, [], [], new ManualTimeProvider())
    {
    }

    private Company(StaffSettings? settings, Dictionary<GrainId, object> states, List<JournalEntry> journal, ManualTimeProvider time)
    {
        (_states, _journal, Time) = (states, journal, time);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddSingleton<IGrainClient>(this).AddSingleton<IJournal>(this);
        _services = services.AddStaff(new byte[32], settings, hashIterations: 1000).BuildServiceProvider();
    }

    public ManualTimeProvider Time { get; }

    public IStaffDoor Door => Get<IStaffDoor>();

    public StaffSignIn SignIn => Get<StaffSignIn>();

    public StaffAccounts Accounts => Get<StaffAccounts>();

    public OwnAccount Own => Get<OwnAccount>();

    /// <summary>The same store, run with other settings.</summary>
    public Company RunWith(StaffSettings settings) => new(settings, _states, _journal, Time);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What stands in the audit log, as <c>who act outcome reason</c>.</summary>
    public IEnumerable<string> Log => _journal.Select(entry => entry.Event).OfType<ActNoted>().Select(act => $"{act.Who} {act.Act} {act.Outcome} {act.Reason}".TrimEnd());

    /// <summary>All of the audit log.</summary>
    public IEnumerable<ActNoted> Acts => _journal.Select(entry => entry.Event).OfType<ActNoted>();

    /// <summary>Somebody with a password of their own.</summary>
    public async Task<StaffMember> HireAsync(string id, string password, params Role[] roles)
    {
        var first = await Accounts.AddAsync(Boss, id, id, null, [.. roles]);
        var hired = Assert.IsType<SignInResult.SignedIn>(await SignIn.SignInAsync(id, first, null, null)).Member;
        return await Own.ChangePasswordAsync(hired, first, password);
    }

    public ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            var kind = GrainCatalog.Find(grain.Kind);
            var turn = kind.Handle(_states.GetValueOrDefault(grain) ?? kind.Initial(grain.Key), command, Time.GetUtcNow());
            if (command is Query)
                return new(turn.Reply);
            _states[grain] = turn.State;
            foreach (var record in turn.Effects.OfType<Grains.Turns.Record>())
                _journal.Add(new JournalEntry(_journal.Count + 1, grain, _journal.Count(entry => entry.Grain == grain) + 1, Time.GetUtcNow(), record.Event));
            return new(turn.Reply);
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(GrainId grain, long afterSequence, int limit, CancellationToken cancellation = default) =>
        new([.. _journal.Where(entry => entry.Grain == grain && entry.Sequence > afterSequence).Take(limit)]);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAllAsync(long afterPosition, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();

    public IDisposable Subscribe(GrainId? grain, Action<JournalEntry> onEntry) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
