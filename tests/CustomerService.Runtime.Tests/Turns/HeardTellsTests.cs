using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Tests.Turns;

public sealed class HeardTellsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly GrainId Bob = new("agent", "bob@work/1");

    [Fact]
    public void TellThatIsNotNewer_IsKnown_AlsoAfterTheGrainWasLoadedAgain()
    {
        var heard = new HeardTells([]);
        Assert.False(heard.Knows(new EffectId(Bob, 3, 1)));
        var entries = heard.Changes([new EffectId(Bob, 3, 1)], Noon).Select(change => new IndexEntry(change.Key, change.Payload!)).ToList();
        heard.Wrote([new EffectId(Bob, 3, 1)], Noon);

        foreach (var each in new[] { heard, new HeardTells([.. entries, new IndexEntry("c-1", "{}")]) })
        {
            Assert.True(each.Knows(new EffectId(Bob, 2, 9)));
            Assert.True(each.Knows(new EffectId(Bob, 3, 1)));
            Assert.False(each.Knows(new EffectId(Bob, 3, 2)));
            Assert.False(each.Knows(new EffectId(new GrainId("agent", "ada"), 1, 0)));
        }
    }

    [Fact]
    public void WhatIsOlderThanTheWindow_IsForgotten_UnlessItWasHeardOfSince()
    {
        var ada = new GrainId("agent", "ada");
        var heard = new HeardTells([]);
        heard.Wrote([new EffectId(Bob, 1, 0), new EffectId(ada, 1, 0)], Noon);
        heard.Wrote([new EffectId(ada, 2, 0)], Noon.AddMinutes(30));

        var later = Noon + HeardTells.Window + TimeSpan.FromSeconds(1);
        var forgotten = Assert.Single(heard.Changes([], later));
        heard.Wrote([], later);

        Assert.Null(forgotten.Payload);
        Assert.Contains("bob", forgotten.Key, StringComparison.Ordinal);
        Assert.False(heard.Knows(new EffectId(Bob, 1, 0)));
        Assert.True(heard.Knows(new EffectId(ada, 2, 0)));
    }

    [Fact]
    public void EntriesOfTheGrain_AreParted()
    {
        var change = Assert.Single(new HeardTells([]).Changes([new EffectId(Bob, 1, 0)], Noon));

        Assert.Equal("c-1", Assert.Single(HeardTells.Without([new IndexEntry("c-1", "{}"), new IndexEntry(change.Key, change.Payload!)])).Key);
    }

    [Theory]
    [InlineData("agent/bob@13.2", true)]
    [InlineData("agent/bob@work/1@13.2", true)]
    [InlineData("key-17", false)]
    [InlineData("review@2026-03-02T12:00:00.0000000+00:00", false)]
    [InlineData("agent/@1.2", false)]
    [InlineData("agent/bob@1.", false)]
    [InlineData("agent/bob@-1.2", false)]
    [InlineData("", false)]
    public void EffectId_IsReadAsItIsWritten(string text, bool isOne)
    {
        Assert.Equal(isOne, EffectId.TryParse(text, out var effect));
        Assert.Equal(isOne ? text : null, isOne ? effect.ToString() : null);
    }
}
