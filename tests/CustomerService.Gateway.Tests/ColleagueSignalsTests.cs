using System.Collections.Immutable;
using CustomerService.Gateway.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Tests;

public sealed class ColleagueSignalsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Wire _wire = new();

    [Fact]
    public void TwoWhoHaveItOpen_SeeEachOther_WhoeverCameFirst()
    {
        using var ann = new Page(this, "ann", "Ann Lee");
        using var ben = new Page(this, "ben", "Ben: the second");
        _time.Advance(ColleagueSignals.Repeats);

        Assert.Equal(new Colleague("ben", "Ben: the second", Writing: false), Assert.Single(ann.Sees));
        Assert.Equal(new Colleague("ann", "Ann Lee", Writing: false), Assert.Single(ben.Sees));
    }

    [Fact]
    public void WhoWrites_IsSeenForAWhile()
    {
        using var ann = new Page(this, "ann", "Ann Lee");
        using var ben = new Page(this, "ben", "Ben");

        ben.Seen.Write();
        Assert.True(Assert.Single(ann.Sees).Writing);
        _time.Advance(ColleagueSignals.Repeats);

        Assert.False(Assert.Single(ann.Sees).Writing);
    }

    [Fact]
    public void WhoLeaves_IsGoneAtOnce_AndWhoFallsSilentAfterAWhile()
    {
        using var ann = new Page(this, "ann", "Ann Lee");
        var ben = new Page(this, "ben", "Ben");
        using var cara = new Page(this, "cara", "Cara");
        ben.Seen.Write();
        cara.Seen.Write();
        Assert.Equal(["ben", "cara"], ann.Sees.Select(colleague => colleague.Id));

        ben.Dispose();
        Assert.Equal(["cara"], ann.Sees.Select(colleague => colleague.Id));
        _wire.Loses = "cara";
        _time.Advance(ColleagueSignals.Holds + ColleagueSignals.Repeats);

        Assert.Empty(ann.Sees);
    }

    [Fact]
    public void OtherSigns_AreLeftAside()
    {
        using var ann = new Page(this, "ann", "Ann Lee");

        foreach (var sign in new[] { TypingHints.Customer, "here:open", "here:open:ann:Ann Lee", "there:open:ben:Ben", "" })
            _wire.Send(new GrainId("conversation", "c-1"), sign);

        Assert.Empty(ann.Sees);
    }

    private sealed class Page : IDisposable
    {
        public Page(ColleagueSignalsTests tests, string id, string name) =>
            Seen = new ColleagueSignals(tests._wire, tests._time).Watch("c-1", id, name, here => Sees = here);

        public IColleaguesSeen Seen { get; }

        public ImmutableArray<Colleague> Sees { get; private set; } = [];

        public void Dispose() => Seen.Dispose();
    }

    /// <summary>Brings each sign to all who listen; those of one person may get lost.</summary>
    private sealed class Wire : IHints
    {
        private readonly Lock _one = new();
        private ImmutableList<Action<string>> _listeners = [];

        public string? Loses { get; set; }

        public void Send(GrainId grain, string hint)
        {
            if (Loses is { } lost && hint.Contains($":{lost}:", StringComparison.Ordinal))
                return;
            foreach (var listener in _listeners)
                listener(hint);
        }

        public IDisposable Listen(GrainId grain, Action<string> onHint)
        {
            lock (_one)
                _listeners = _listeners.Add(onHint);
            return new Listening(() => _listeners = _listeners.Remove(onHint));
        }

        private sealed class Listening(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }
}
