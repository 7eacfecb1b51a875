using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff.Tests;

public sealed class StaffDoorTests : IAsyncLifetime
{
    private const string Password = "green tea before noon";
    private readonly Company _company = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _company.DisposeAsync();

    [Fact]
    public async Task Act_IsNotedBeforeItIsDone_AndDone()
    {
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);

        await _company.Door.DoAsync(sam with { Address = "192.0.2.7" }, Grain.Queue("delivery"), new PauseQueue("sam", "fire drill"), "fire drill");

        var view = await _company.Door.ReadAsync<QueueView>(sam, Grain.Queue("delivery"), new GetQueue());
        Assert.Contains("fire drill", view.Paused, StringComparison.Ordinal);
        var act = _company.Acts.Last();
        Assert.Equal(
            ("sam", "queue.pause", "ActOnQueues", "queue/delivery", ActOutcome.Allowed, "fire drill", "192.0.2.7"),
            (act.Who, act.Act, act.Permission, act.Target, act.Outcome, act.Detail, act.Address));
    }

    [Fact]
    public async Task ActWithoutPermission_IsDeniedNotedAndNotDone()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);

        Assert.Equal("forbidden", await RefusedAsync(_company.Door.DoAsync(ann, Grain.Queue("delivery"), new PauseQueue("ann", "tired"))));

        Assert.Null((await _company.Door.ReadAsync<QueueView>(ann, Grain.Queue("delivery"), new GetQueue())).Paused);
        Assert.Equal("ann queue.pause Denied forbidden", _company.Log.Last());
    }

    [Fact]
    public async Task RefusedAct_IsNotedAsFailed()
    {
        Assert.Equal("no_such_person", await RefusedAsync(_company.Accounts.DisableAsync(Company.Boss, "nobody")));

        Assert.Equal(["system:test staff.disable_person Allowed", "system:test staff.disable_person Failed no_such_person"], _company.Log);
    }

    [Fact]
    public async Task SameCommandAgain_IsNotedOnce()
    {
        var command = new PauseQueue("system:test", "fire drill") { Id = "r-1" };

        await _company.Door.DoAsync(Company.Boss, Grain.Queue("delivery"), command);
        await _company.Door.DoAsync(Company.Boss, Grain.Queue("delivery"), command);

        Assert.Single(_company.Log);
    }

    [Fact]
    public async Task NobodyActsInAnothersName_OrOnAnothersDesk()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);
        await _company.AskAsync(Grain.Agent("ben"), new ConfigureAgent("Ben", ["delivery"], [], 3));

        Assert.Equal("not_yourself", await RefusedAsync(_company.Door.DoAsync(ann, Grain.Conversation("c-1"), new AddNote("ben", "hello"))));
        Assert.Equal("not_yours", await RefusedAsync(_company.Door.DoAsync(ann, Grain.Agent("ben"), new SetPresence("offline"))));
        Assert.Equal("not_yours", await RefusedAsync(_company.Door.DoAsync(sam, Grain.Agent("ben"), new AcceptOffer("delivery-1"))));
        await _company.Door.DoAsync(sam, Grain.Agent("ben"), new SetPresence("offline") { By = "sam" });
        Assert.Equal("forbidden", await RefusedAsync(_company.Door.DoAsync(sam, Grain.Conversation("c-1"), new AssignAgent("sam", "delivery-1"))));
    }

    [Fact]
    public async Task WhatIsNotSentYet_IsItsWritersAlone_AndNotNoted()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        var noted = _company.Log.Count();

        await _company.Door.DoAsync(ann, Grain.Personal("ann"), new KeepDraft("c-1", "Dear Eve", IsNote: false));

        Assert.Equal(noted, _company.Log.Count());
        Assert.Equal("Dear Eve", (await _company.Door.ReadAsync<DraftView>(ann, Grain.Personal("ann"), new GetDraft("c-1"))).Draft?.Text);
        var boss = await _company.HireAsync("bea", Password, Role.Administrator);
        Assert.Equal("not_yours", await RefusedAsync(new ValueTask(_company.Door.ReadAsync<DraftView>(boss, Grain.Personal("ann"), new GetDraft("c-1")).AsTask())));
        Assert.Equal("not_yours", await RefusedAsync(_company.Door.DoAsync(boss, Grain.Personal("ann"), new KeepDraft("c-1", "", IsNote: false))));
        Assert.Equal("forbidden", await RefusedAsync(_company.Door.DoAsync(ann, Grain.Personal("ann"), new GiveNotice(NoticeKinds.Mention, "c-1", "bea", "look"))));
    }

    [Fact]
    public async Task AnothersConversation_IsMovedBySupervisorsOnly()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);
        await GiveAsync("c-1", "ben");
        await GiveAsync("c-2", "ann");

        Assert.Equal("not_yours", await RefusedAsync(_company.Door.DoAsync(ann, Grain.Conversation("c-1"), new Transfer("billing", 3, "", "ann"))));
        await _company.Door.DoAsync(ann, Grain.Conversation("c-2"), new Transfer("billing", 3, "", "ann"));
        await _company.Door.DoAsync(sam, Grain.Conversation("c-1"), new Transfer("billing", 3, "", "sam"));
    }

    [Fact]
    public async Task ChangeOfRoles_EndsTheSession_WithinTwoSeconds()
    {
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);
        await _company.Door.RefreshAsync(sam);

        // Another process changes them: this one has not forgotten what it knew.
        await _company.AskAsync(Grain.Staff, new ChangeRoles("sam", [Role.Auditor], "boss"));
        _company.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("session_over", await RefusedAsync(_company.Door.DoAsync(sam, Grain.Queue("delivery"), new PauseQueue("sam", ""))));
        var signedIn = Assert.IsType<SignInResult.SignedIn>(await _company.SignIn.SignInAsync("sam", Password, null, null)).Member;
        Assert.Equal("forbidden", await RefusedAsync(_company.Door.DoAsync(signedIn, Grain.Queue("delivery"), new PauseQueue("sam", ""))));
    }

    [Fact]
    public async Task ChangeHere_IsSeenAtOnce()
    {
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);
        await _company.Door.RefreshAsync(sam);

        await _company.Accounts.DisableAsync(Company.Boss, "sam");

        Assert.Equal("person_disabled", await RefusedAsync(_company.Door.DoAsync(sam, Grain.Queue("delivery"), new PauseQueue("sam", ""))));
    }

    [Fact]
    public async Task WhoSignsInWithWhatWasChangedElsewhere_IsNotTakenForWhoTheyWere()
    {
        var before = await _company.HireAsync("sam", Password, Role.Supervisor);
        await _company.Door.RefreshAsync(before);

        // Another process changes them and lets them in; this one still knows who they were.
        await _company.AskAsync(Grain.Staff, new ChangeRoles("sam", [Role.Auditor], "boss"));
        var now = Assert.IsType<SignInResult.SignedIn>(await _company.SignIn.SignInAsync("sam", Password, null, null)).Member;

        Assert.Equal(Role.Auditor, Assert.Single((await _company.Door.RefreshAsync(now)).Roles));
    }

    [Fact]
    public async Task OnesOwnAccount_IsReadAsItIsAtThisMoment()
    {
        var sam = await _company.HireAsync("sam", Password, Role.Supervisor);
        await _company.Door.RefreshAsync(sam);

        await _company.AskAsync(Grain.Staff, new ChangePreferences("sam", "de", null, "sam"));

        Assert.Equal("de", (await _company.Own.ReadAsync(sam)).Language);
    }

    [Fact]
    public async Task PasswordMadeByAnother_HasToBeChangedFirst()
    {
        var first = await _company.Accounts.AddAsync(Company.Boss, "ann", "Ann", null, [Role.Agent]);
        var ann = Assert.IsType<SignInResult.SignedIn>(await _company.SignIn.SignInAsync("ann", first, null, null)).Member;

        Assert.Equal("password_change_needed", await RefusedAsync(_company.Door.ReadAsync<QueueView>(ann, Grain.Queue("delivery"), new GetQueue())));
        Assert.Equal("password_weak", await RefusedAsync(_company.Own.ChangePasswordAsync(ann, first, first)));
        Assert.Equal("password_wrong", await RefusedAsync(_company.Own.ChangePasswordAsync(ann, "not it at all", Password)));
        ann = await _company.Own.ChangePasswordAsync(ann, first, Password);

        await _company.Door.ReadAsync<QueueView>(ann, Grain.Queue("delivery"), new GetQueue());
        Assert.IsType<SignInResult.Wrong>(await _company.SignIn.SignInAsync("ann", first, null, null));
    }

    [Fact]
    public async Task Token_ActsWithItsRoles_UntilItIsRevokedOrOld()
    {
        var tokens = _company.Get<ApiTokens>();
        var token = await tokens.IssueAsync(Company.Boss, "reports", "Nightly reports", [Role.Supervisor], _company.Time.GetUtcNow().AddDays(1));
        var program = await tokens.FindAsync(token, "192.0.2.7");

        await GiveAsync("c-1", "ann");
        await _company.Door.DoAsync(program!, Grain.Conversation("c-1"), new AddNote("ann", "checked"));
        Assert.Contains(_company.Acts, act => act is { Who: "token:reports", Detail: "for ann" });
        Assert.Null(await tokens.FindAsync(token + "x", null));
        Assert.Null(await tokens.FindAsync("something else", null));

        await tokens.RevokeAsync(Company.Boss, "reports");
        Assert.Null(await tokens.FindAsync(token, null));
        Assert.Equal("session_over", await RefusedAsync(_company.Door.DoAsync(program!, Grain.Conversation("c-1"), new AddNote("ann", "late"))));

        var other = await tokens.IssueAsync(Company.Boss, "short", "For a day", [Role.Auditor], _company.Time.GetUtcNow().AddDays(1));
        Assert.NotNull(await tokens.FindAsync(other, null));
        _company.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await tokens.FindAsync(other, null));
    }

    [Fact]
    public void EveryCommandThatNamesSomebody_IsHeldToIt()
    {
        // An act of the staff says who does it as By or AgentId; the door must know where to look.
        var unheld = StaffActs.All.Where(act => act.Value.SpeaksFor is null)
            .Where(act => act.Key.GetProperty("By") is not null || act.Key.GetProperty("AgentId") is not null).Select(act => act.Key.Name);

        Assert.Empty(unheld);
    }

    [Fact]
    public void EveryRole_MayOnlyWhatIsItsOwn()
    {
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.Contains(permission, Permissions.Of(Role.Administrator)));
        Assert.DoesNotContain(Permissions.Of(Role.Auditor), permission => permission.ToString() is ['A', 'c', 't', ..] or ['E', 'd', 'i', 't', ..] or ['M', 'a', 'n', ..] or ['W', ..]);
        Assert.Subset(Permissions.Of(Role.Supervisor).ToHashSet(), Permissions.Of(Role.Agent).ToHashSet());
        foreach (var role in new[] { Role.Agent, Role.Supervisor, Role.Operator, Role.Auditor })
            Assert.False(Permissions.Of(role).Contains(Permission.ManagePeople) || Permissions.Of(role).Contains(Permission.ManageTokens));
    }

    private async Task GiveAsync(string conversation, string agent)
    {
        await _company.AskAsync(Grain.Conversation(conversation), new ReceiveMessage(new Interaction("m-1", ChannelNames.Chat, "v-1", "hello", _company.Time.GetUtcNow())));
        await _company.AskAsync(Grain.Conversation(conversation), new Transfer("delivery", 1, "", "system"));
        await _company.AskAsync(Grain.Conversation(conversation), new AssignAgent(agent, "delivery-1"));
    }

    private static async Task<string> RefusedAsync<T>(ValueTask<T> act) => (await Assert.ThrowsAsync<StaffRefusedException>(async () => await act)).Code;

    private static async Task<string> RefusedAsync(ValueTask act) => (await Assert.ThrowsAsync<StaffRefusedException>(async () => await act)).Code;
}
