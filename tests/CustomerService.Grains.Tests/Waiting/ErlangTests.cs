using CustomerService.Grains.Waiting;

namespace CustomerService.Grains.Tests.Waiting;

public sealed class ErlangTests
{
    // Computed from the formulas by an independent program.
    [Theory]
    [InlineData(3, 2.5, 0.2822, 0.7022)]
    [InlineData(4, 2.5, 0.1499, 0.3199)]
    [InlineData(5, 2.5, 0.0697, 0.1304)]
    [InlineData(100, 95, 0.0488, 0.5065)]
    [InlineData(1000, 980, 0.0138, 0.4122)]
    public void BAndC_AreTheKnownValues(int agents, double load, double b, double c)
    {
        Assert.Equal(b, Erlang.B(agents, load), 4);
        Assert.Equal(c, Erlang.C(agents, load), 4);
    }

    [Fact]
    public void OneAgent_IsTheSimpleQueue()
    {
        // M/M/1 with load ρ: P(wait) = ρ, mean wait = ρ·h/(1−ρ), P(W > t) = ρ·e^(−(1−ρ)t/h).
        Assert.Equal(0.8, Erlang.C(1, 0.8), 12);
        Assert.Equal(0.8 * 300 / 0.2, Erlang.MeanWait(1, 0.8, 300), 9);
        Assert.Equal(0.8 * Math.Exp(-0.2 * 60 / 300), Erlang.WaitExceeds(1, 0.8, 300, 60), 12);
        Assert.Equal(1 - Erlang.WaitExceeds(1, 0.8, 300, 60), Erlang.ServiceLevel(1, 0.8, 300, 60), 12);
    }

    [Fact]
    public void TooMuchLoad_WaitsForEver()
    {
        Assert.Equal(1, Erlang.C(10, 10));
        Assert.Equal(double.PositiveInfinity, Erlang.MeanWait(10, 11, 300));
        Assert.Equal(0, Erlang.ServiceLevel(10, 11, 300, 3600));
    }

    [Theory]
    [InlineData(10_000, 9_900)]
    [InlineData(10_000, 5_000)]
    [InlineData(10_000, 1)]
    [InlineData(10_000, 0)]
    public void TenThousandAgents_StayInRange(int agents, double load)
    {
        Assert.InRange(Erlang.B(agents, load), 0, 1);
        Assert.InRange(Erlang.C(agents, load), 0, 1);
        Assert.InRange(Erlang.MeanWait(agents, load, 300), 0, 300);
        var abandonment = Erlang.A(agents, load, 300, 120);
        Assert.InRange(abandonment.Waits, 0, 1);
        Assert.InRange(abandonment.Abandons, 0, abandonment.Waits);
    }

    [Fact]
    public void MoreAgents_NeverMeansMoreWaiting()
    {
        for (var agents = 96; agents < 130; agents++)
        {
            Assert.True(Erlang.C(agents + 1, 95) < Erlang.C(agents, 95));
            Assert.True(Erlang.A(agents + 1, 95, 300, 90).Abandons < Erlang.A(agents, 95, 300, 90).Abandons);
        }
    }

    // Computed by summing the birth-death chain state by state.
    [Theory]
    [InlineData(5, 4, 180, 60, 0.30298371, 0.14080282, 8.44816934)]
    [InlineData(5, 10, 180, 60, 0.86784912, 0.51938167, 31.16290043)]
    [InlineData(50, 55, 300, 120, 0.62210043, 0.12246828, 14.69619346)]
    [InlineData(1, 0.5, 100, 100, 0.39346934, 0.21306132, 21.30613194)]
    public void A_IsTheKnownValues(int agents, double load, double handle, double patience, double waits, double abandons, double mean)
    {
        var figures = Erlang.A(agents, load, handle, patience);

        Assert.Equal((waits, abandons, mean), (Math.Round(figures.Waits, 8), Math.Round(figures.Abandons, 8), Math.Round(figures.MeanWaitSeconds, 8)));
    }

    [Fact]
    public void EndlessPatience_IsErlangC()
    {
        var figures = Erlang.A(20, 18, 300, 1e9);

        Assert.Equal(Erlang.C(20, 18), figures.Waits, 5);
        Assert.Equal(Erlang.MeanWait(20, 18, 300), figures.MeanWaitSeconds, 2);
        Assert.Equal(0, figures.Abandons, 6);
    }

    [Fact]
    public void TwiceTheLoadOfManyAgents_LosesHalf()
    {
        // The likeliest line is ten thousand long, and its probability relative to an empty one is no double.
        var figures = Erlang.A(5_000, 10_000, 300, 600);

        Assert.Equal(0.5, figures.Abandons, 6);
        Assert.Equal(1, figures.Waits, 9);
    }

    [Fact]
    public void WhatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Erlang.B(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Erlang.C(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Erlang.A(1, 1, 300, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Erlang.A(1, 1, 0, 60));
    }
}
