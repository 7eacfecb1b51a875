using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Staff;

namespace CustomerService.Silo.Tests.Retention;

/// <summary>What is old is erased by the owner's rules, at its time, and what must stay stays.</summary>
public sealed class RetentionRunnerTests : IAsyncLifetime
{
    private static readonly RetentionRules ChatForAMonth = RetentionRules.Forever with { Channels = ImmutableSortedDictionary<string, KeepTime>.Empty.Add(ChannelNames.Chat, new KeepTime(30, KeepUnit.Days)) };

    private readonly RetentionWorld _world = new();

    public Task InitializeAsync() => _world.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task WhatIsOld_IsErasedAtItsTime_AndTheRestStays()
    {
        await _world.SaysAsync("old");
        await _world.SaysAsync("mail", ChannelNames.Email, "eve@example.org");
        _world.Clock.Advance(TimeSpan.FromDays(20));
        await _world.SaysAsync("young");
        _world.Current = ChatForAMonth;
        await _world.LookAsync(); // It reads the rules at 9:00; the day's time is over.
        _world.Clock.Advance(TimeSpan.FromDays(11));

        await _world.LookAsync();

        Assert.Equal((ConversationStatus.New, ConversationStatus.Assistant, ConversationStatus.Assistant), ((await _world.ViewAsync("old")).Status, (await _world.ViewAsync("young")).Status, (await _world.ViewAsync("mail")).Status));
        Assert.Equal((false, true, true), (await _world.IsListedAsync("old"), await _world.IsListedAsync("young"), await _world.IsListedAsync("mail")));
        Assert.DoesNotContain(await _world.Host.Journal.ReadAsync(Grain.Conversation("old"), 0, 100), entry => entry.Event is MessageReceived or MessageSent);
        Assert.Equal("old", (await _world.Cleared.Reader.ReadAsync()).ConversationId);
        Assert.False(_world.Cleared.Reader.TryRead(out _));
        var run = Assert.Single((await _world.RetentionAsync()).Past);
        Assert.Equal(("erasing-1", null, 1, 1), (run.Id, run.By, run.Counts.Erased[ChannelNames.Chat], run.Counts.Customers));
        var gone = (CustomerView)await _world.AskAsync(Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, "old-address")), new GetCustomer());
        var kept = (CustomerView)await _world.AskAsync(Grain.Customer(CustomerIds.ForAddress(ChannelNames.Chat, "young-address")), new GetCustomer());
        Assert.Equal((0, 1), (gone.Interactions, kept.Interactions));

        await _world.LookAsync(); // Once a day.
        Assert.Single((await _world.RetentionAsync()).Past);
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.LookAsync();
        Assert.Equal("erasing-2", (await _world.RetentionAsync()).Past[0].Id);
    }

    [Fact]
    public async Task Run_StandsInTheAuditLog_WithWhoWantedItAndWhatItDid()
    {
        await _world.SaysAsync("old");
        _world.Clock.Advance(TimeSpan.FromDays(31));
        await RunNowAsync(ChatForAMonth);

        var acts = (await _world.Host.Journal.ReadAsync(Grain.Audit, 0, 10)).Select(entry => entry.Event).OfType<ActNoted>().ToList();
        Assert.All(acts, act => Assert.Equal(("system:retention", "retention.erase", "retention/all"), (act.Who, act.Act, act.Target)));
        Assert.Equal(
            ["erasing-1 begins for ann: forever, chat 30d; at 03:15 UTC", "erasing-1 ended for ann: erased: chat 1; customers: 1; left: 0"], acts.Select(act => act.Detail));
    }

    [Fact]
    public async Task WhatIsHeld_Active_OrParked_IsLeft_AndSaidSo()
    {
        foreach (var id in new[] { "held", "waits", "stuck", "goes" })
        {
            await _world.SaysAsync(id);
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _world.DoAsync(Grain.Conversation("held"), new PlaceLegalHold("sue", "case 4711"));
        await _world.DoAsync(Grain.Conversation("waits"), new Transfer("general", 1, "a person is wanted", "sue"));
        _world.Parked.Add("stuck");
        _world.Clock.Advance(TimeSpan.FromDays(31));

        var preview = await _world.Previews.LookAsync(ChatForAMonth);
        Assert.Equal((1, 4, true), (preview.Erased, Assert.Single(preview.Channels).Old, preview.IsWhole));
        Assert.True(preview.Channels[0].Oldest > preview.LeftOnes[0].LastMessageAt); // That of what goes, rather than of what is left.
        Assert.Equal(["held on_legal_hold sue case 4711", "stuck parked  ", "waits still_active  "], preview.LeftOnes.Select(left => $"{left.ConversationId} {left.Why} {left.HeldBy} {left.HeldFor}").Order());
        Assert.Equal(ConversationStatus.Assistant, (await _world.ViewAsync("goes")).Status); // To look erases nothing.
        await RunNowAsync(ChatForAMonth);

        var run = (await _world.RetentionAsync()).Past[0];
        Assert.Equal(("ann", 1), (run.By, run.Counts.Erased[ChannelNames.Chat]));
        Assert.Equal(["on_legal_hold 1", "parked 1", "still_active 1"], run.Counts.Left.Select(left => $"{left.Key} {left.Value}"));
        Assert.DoesNotContain(await StatusesAsync("held", "waits", "stuck"), status => status == ConversationStatus.New);

        await _world.DoAsync(Grain.Conversation("held"), new LiftLegalHold("sue"));
        await RunNowAsync(ChatForAMonth);
        Assert.Equal(ConversationStatus.New, (await _world.ViewAsync("held")).Status);
    }

    [Fact]
    public async Task DraftsAndNotices_OfWhatIsErased_GoFromEverybody()
    {
        await _world.DoAsync(Grain.Staff, new AddPerson("ann", "Ann", null, [Role.Agent], "a hash", "admin"));
        await _world.SaysAsync("old");
        await _world.DoAsync(Grain.Personal("ann"), new KeepDraft("old", "Dear Eve,", IsNote: false));
        await _world.DoAsync(Grain.Personal("ann"), new GiveNotice(NoticeKinds.Mention, "old", "sue", "Look at Eve"));
        _world.Clock.Advance(TimeSpan.FromDays(31));
        await RunNowAsync(ChatForAMonth);

        Assert.Null(((DraftView)await _world.AskAsync(Grain.Personal("ann"), new GetDraft("old"))).Draft);
        Assert.Empty(((NoticesView)await _world.AskAsync(Grain.Personal("ann"), new GetNotices())).Notices);
    }

    [Fact]
    public async Task MoreThanABatch_IsErasedInOneRun_WithItsProgressSeen()
    {
        for (var i = 0; i < 45; i++)
            await _world.SaysAsync($"old-{i}");
        await _world.DoAsync(Grain.Conversation("old-0"), new PlaceLegalHold("sue", "case 4711"));
        _world.Clock.Advance(TimeSpan.FromDays(31));
        await RunNowAsync(ChatForAMonth);

        var counts = (await _world.RetentionAsync()).Past[0].Counts;
        Assert.Equal((44, 1, 44), (counts.Erased[ChannelNames.Chat], counts.Left["on_legal_hold"], counts.Customers));
    }

    [Fact]
    public async Task RunThatWasInterrupted_IsGoneOnWith()
    {
        await _world.SaysAsync("old");
        _world.Clock.Advance(TimeSpan.FromDays(31));
        _world.Current = ChatForAMonth;
        await _world.DoAsync(Grain.Retention, new TakeRetentionRules(ChatForAMonth));
        await _world.DoAsync(Grain.Retention, new AskForErasing("ann"));
        await _world.DoAsync(Grain.Retention, new BeginErasing());
        await _world.DoAsync(Grain.Retention, new FollowErasing(ErasingCounts.None.WithErased(ChannelNames.Chat).WithLeft("parked")));

        await _world.LookAsync();

        var run = Assert.Single((await _world.RetentionAsync()).Past);
        Assert.Equal(("erasing-1", "ann", 2, 0), (run.Id, run.By, run.Counts.Erased[ChannelNames.Chat], run.Counts.Left.Count));
    }

    [Fact]
    public async Task RulesThatSomebodyShortenedByHand_AreToldWithWhatTheyErase_AndWaitForTheirTime()
    {
        await _world.SaysAsync("old");
        await _world.LookAsync();
        Assert.DoesNotContain(_world.Log, line => line.Contains("Less is kept", StringComparison.Ordinal));
        _world.Clock.Advance(TimeSpan.FromDays(31));
        _world.Current = ChatForAMonth;
        await _world.LookAsync();

        Assert.Contains("Less is kept now of chat (forever, chat 30d; at 03:15 UTC): the next run, 2026-04-03 03:15:00Z, will erase 1 conversations for good", _world.Log);
        Assert.Equal(ConversationStatus.Assistant, (await _world.ViewAsync("old")).Status);
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.LookAsync();
        Assert.Equal(ConversationStatus.New, (await _world.ViewAsync("old")).Status);
    }

    [Fact]
    public async Task WhileTheFiguresAreBehind_NothingIsErased_AndTheRunWaits()
    {
        await _world.SaysAsync("old");
        _world.Clock.Advance(TimeSpan.FromDays(31));
        _world.IsCurrent = false;
        await RunNowAsync(ChatForAMonth);
        Assert.Equal((ConversationStatus.Assistant, "ann"), ((await _world.ViewAsync("old")).Status, (await _world.RetentionAsync()).AskedBy));

        _world.IsCurrent = true;
        await _world.LookAsync();
        Assert.Equal(ConversationStatus.New, (await _world.ViewAsync("old")).Status);
    }

    [Fact]
    public async Task WithoutRules_NothingIsEverErased()
    {
        await _world.SaysAsync("old");
        for (var year = 0; year < 5; year++)
        {
            _world.Clock.Advance(TimeSpan.FromDays(400));
            await _world.LookAsync();
        }

        Assert.Empty((await _world.RetentionAsync()).Past);
        Assert.Equal(ConversationStatus.Assistant, (await _world.ViewAsync("old")).Status);
    }

    [Fact]
    public async Task AgeOfTheLastRun_IsToldWhileTheRulesEraseSomething()
    {
        await RunNowAsync(ChatForAMonth);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.LookAsync();
        Assert.InRange(_world.AgeOfLastRun()!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1)); // A look takes its time.

        _world.Current = RetentionRules.Forever;
        await _world.LookAsync();
        Assert.Null(_world.AgeOfLastRun());
    }

    private async Task RunNowAsync(RetentionRules rules)
    {
        _world.Current = rules;
        await _world.DoAsync(Grain.Retention, new TakeRetentionRules(rules));
        await _world.DoAsync(Grain.Retention, new AskForErasing("ann"));
        await _world.LookAsync();
    }

    private async Task<List<ConversationStatus>> StatusesAsync(params string[] ids)
    {
        var statuses = new List<ConversationStatus>();
        foreach (var id in ids)
            statuses.Add((await _world.ViewAsync(id)).Status);
        return statuses;
    }
}
