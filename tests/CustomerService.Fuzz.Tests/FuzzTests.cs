using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Fuzz.Tests.Targets;

namespace CustomerService.Fuzz.Tests;

/// <summary>Some inputs of every kind; docs/recipes/fuzz.md tells how to try a million.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 10_000;

    // Of each what at least some inputs must come to, so that a target that refuses everything at its door is noticed.
    [Theory]
    [InlineData("mail", "letter", "report", "ignored", "unusable")]
    [InlineData("html", "judged", "read")]
    [InlineData("imap", "lying to its end, mails", "raving until lost, none", "honest to its end, mails")]
    [InlineData("webhook", "sms read", "phone read", "wa read", "page read", "insta read", "bot read", "relay read", "sms 403", "relay 400", "relay 401")]
    [InlineData("endpoint", "200", "400", "403")]
    [InlineData("chat-socket", "taken", "refused")]
    [InlineData("agent-socket", "taken", "refused")]
    [InlineData("live-socket", "opened", "not opened")]
    public async Task WhateverStrangersSend_IsReadInTimeAndWithinBounds(string name, params string[] outcomes)
    {
        await using var target = FuzzTargets.All.Select(make => make()).Single(each => each.Name == name);

        var report = await new Fuzzer(target, seed: 20260302, TimeProvider.System).RunAsync(0, Inputs * target.Share / 1_000);

        Assert.True(report.Findings.Count == 0, report.ToString());
        Assert.Empty(outcomes.Except(report.Outcomes.Keys));
    }
}
