using System.Collections.Immutable;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Staff;

public sealed class StaffTests
{
    private readonly Subject<StaffBehaviour, StaffState> _staff = new("all");

    public StaffTests() => Add("ann", Role.Administrator);

    [Fact]
    public void Person_IsOneEntry_WrittenAloneWhenChanged()
    {
        Add("ben", Role.Agent);

        var turn = _staff.Handle(new ChangeRoles("ben", [Role.Supervisor, Role.Agent, Role.Agent], "ann"));

        Assert.Equal("person/ben", Assert.Single(turn.Effects.OfType<PutEntry>()).Key);
        Assert.Equal<Role[]>([Role.Agent, Role.Supervisor], [.. Find("ben").Roles]);
    }

    [Fact]
    public void EntriesAndState_BringEverythingBack()
    {
        Add("ben", Role.Agent);
        _staff.Handle(new IssueToken("bot", "Bot", [Role.Agent], "hash", null, "ann"));
        _staff.Handle(new SetSecondFactor("ben", "secret", 7, ["r1", "r2"], "ben"));
        _staff.Handle(new LinkIdentity("ben", new OutsideIdentity("https://id.example", "77"), "ann"));
        var kind = GrainCatalog.Find(GrainKinds.Staff);
        ImmutableArray<IndexEntry> entries = [
            .. _staff.State.People.Values.Select(StaffEntries.Of).Concat(_staff.State.Tokens.Values.Select(StaffEntries.Of)).Select(put => new IndexEntry(put.Key, put.Payload))];

        var restored = (StaffState)kind.Restore(kind.Read(kind.Write(_staff.State), kind.StateVersion), entries);

        Assert.Equal(_staff.State.LastStamp, restored.LastStamp);
        var before = (PeopleView)StaffBehaviour.Handle(_staff.State, new GetPeople(), _staff.Now).Reply;
        var after = (PeopleView)StaffBehaviour.Handle(restored, new GetPeople(), _staff.Now).Reply;
        Assert.Equal(Json(before), Json(after));
        Assert.Equal<string[]>(["r1", "r2"], [.. restored.People["ben"].SecondFactor!.RecoveryHashes]);
    }

    [Fact]
    public void NamesAndAddresses_BelongToOne()
    {
        _staff.Handle(new AddPerson("ben", "Ben", " Ben@Shop.example ", [Role.Agent], "hash", "ann"));

        _staff.Refuses("person_exists", new AddPerson("ben", "Another", null, [Role.Agent], "hash", "ann"));
        _staff.Refuses("email_in_use", new AddPerson("cara", "Cara", "BEN@shop.example", [Role.Agent], "hash", "ann"));
        _staff.Refuses("email_in_use", new ChangeProfile("ann", "Ann", "ben@shop.example", "ann"));
        _staff.Handle(new LinkIdentity("ben", new OutsideIdentity("https://id.example", "77"), "ann"));
        _staff.Refuses("identity_in_use", new LinkIdentity("ann", new OutsideIdentity("https://id.example", "77"), "ann"));
    }

    [Theory]
    [InlineData("", "Ann", null, "person_id_invalid")]
    [InlineData("Ann", "Ann", null, "person_id_invalid")]
    [InlineData("ann@shop", "Ann", null, "person_id_invalid")]
    [InlineData("-ann", "Ann", null, "person_id_invalid")]
    [InlineData("cara", " ", null, "name_invalid")]
    [InlineData("cara", "Cara", "cara", "email_invalid")]
    [InlineData("cara", "Cara", "a@b@c", "email_invalid")]
    [InlineData("cara", "Cara", "ca ra@shop.example", "email_invalid")]
    public void WhatCannotBe_IsRefused(string id, string name, string? email, string code) =>
        _staff.Refuses(code, new AddPerson(id, name, email, [Role.Agent], "hash", "ann"));

    [Fact]
    public void LastAdministrator_Stays()
    {
        _staff.Refuses("last_administrator", new DisablePerson("ann", "ann"));
        _staff.Refuses("last_administrator", new ChangeRoles("ann", [Role.Supervisor], "ann"));

        Add("ben", Role.Administrator);
        _staff.Handle(new DisablePerson("ann", "ben"));
        _staff.Refuses("last_administrator", new DisablePerson("ben", "ben"));
    }

    [Fact]
    public void UnderAnyOrderOfCommands_ThereIsAnAdministrator()
    {
        string[] ids = ["ann", "ben", "cara", "dan"];
        Role[] roles = [Role.Agent, Role.Administrator, Role.Auditor];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var staff = new Subject<StaffBehaviour, StaffState>("all");
            staff.Handle(new AddPerson("ann", "Ann", null, [Role.Administrator], "hash", "x"));
            for (var step = 0; step < 40; step++)
            {
                var id = ids[random.Next(ids.Length)];
                ImmutableArray<Role> some = [.. roles.Where(_ => random.Next(2) == 0)];
                staff.Handle(random.Next(6) switch
                {
                    0 => new AddPerson(id, id, null, some, "hash", "x"),
                    1 => new ChangeRoles(id, some, "x"),
                    2 or 3 => new DisablePerson(id, "x"),
                    4 => new EnablePerson(id, "x"),
                    _ => new ChangePassword(id, "other", true, "x"),
                });
                Assert.True(staff.State.People.Values.Any(person => !person.Disabled && person.Roles.Contains(Role.Administrator)), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void Stamp_IsAnotherAfterWhatEndsSessions_AndTheSameAfterTheRest()
    {
        Add("ben", Role.Agent);
        Command[] ending =
        [
            new ChangeRoles("ben", [Role.Supervisor], "ann"), new ChangePassword("ben", "other", false, "ben"), new SetSecondFactor("ben", "secret", 1, [], "ben"),
            new RemoveSecondFactor("ben", "ann"), new DisablePerson("ben", "ann"), new EnablePerson("ben", "ann"),
        ];
        foreach (var command in ending)
        {
            var before = Find("ben").Stamp;
            _staff.Handle(command);
            Assert.True(Find("ben").Stamp > before, command.GetType().Name);
        }

        var stamp = Find("ben").Stamp;
        _staff.Handle(new ChangePreferences("ben", "de", "dark", "ben"));
        _staff.Handle(new ChangeProfile("ben", "Benjamin", null, "ann"));
        _staff.Handle(new BeginSignIn("ben"));
        Assert.Equal(stamp, Find("ben").Stamp);
    }

    [Fact]
    public void CommandToldAgain_ChangesNothing()
    {
        _staff.Handle(new AddPerson("ben", "Ben", null, [Role.Agent], "hash", "ann") { Id = "c-1" });
        _staff.Handle(new BeginSignIn("ben") { Id = "c-2" });

        _staff.ChangesNothing(new AddPerson("ben", "Ben", null, [Role.Agent], "hash", "ann") { Id = "c-1" });
        _staff.ChangesNothing(new BeginSignIn("ben") { Id = "c-2" });
        _staff.ChangesNothing(new ChangeRoles("ben", [Role.Agent], "ann"));
    }

    [Fact]
    public void SignIn_CountsUntilItSucceeds()
    {
        for (var attempt = 0; attempt < 4; attempt++)
            _staff.Ask<SignInAttempt>(new BeginSignIn("ann"));
        var last = _staff.Ask<SignInAttempt>(new BeginSignIn("ann"));
        Assert.Equal(_staff.Now.AddMinutes(1), _staff.Ask<LockedOut>(new BeginSignIn("ann")).Until);

        _staff.Ask<PersonView>(new CompleteSignIn("ann", last.Person.Stamp, null, null));
        _staff.Ask<SignInAttempt>(new BeginSignIn("ann"));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(10, 32)]
    [InlineData(11, 60)]
    [InlineData(5000, 60)]
    public void Lockout_DoublesUpToAnHour(int attempts, int? minutes) =>
        Assert.Equal(minutes is { } some ? _staff.Now.AddMinutes(some) : (DateTimeOffset?)null, Lockout.Until(attempts, _staff.Now));

    [Fact]
    public void SignIn_AfterAChange_IsOutdated()
    {
        Add("ben", Role.Agent);
        var attempt = _staff.Ask<SignInAttempt>(new BeginSignIn("ben"));
        _staff.Handle(new ChangePassword("ben", "other", false, "ann"));

        _staff.Refuses("sign_in_outdated", new CompleteSignIn("ben", attempt.Person.Stamp, null, null));
        _staff.Handle(new DisablePerson("ben", "ann"));
        _staff.Refuses("person_disabled", new CompleteSignIn("ben", Find("ben").Stamp, null, null));
    }

    [Fact]
    public void SecondFactor_IsNeverLeftOut_AndNoCodeWorksTwice()
    {
        Add("ben", Role.Agent);
        _staff.Handle(new SetSecondFactor("ben", "secret", 100, ["r1", "r2"], "ben"));
        var stamp = Find("ben").Stamp;

        _staff.Refuses("code_used", new CompleteSignIn("ben", stamp, null, null));
        _staff.Refuses("code_used", new CompleteSignIn("ben", stamp, 100, null));
        _staff.Ask<PersonView>(new CompleteSignIn("ben", stamp, 101, null));
        _staff.Refuses("code_used", new CompleteSignIn("ben", stamp, 101, null));
        Assert.Equal(1, _staff.Ask<PersonView>(new CompleteSignIn("ben", stamp, null, "r2")).RecoveryCodesLeft);
        _staff.Refuses("code_used", new CompleteSignIn("ben", stamp, null, "r2"));
    }

    [Fact]
    public void Views_HaveNoSecrets()
    {
        _staff.Handle(new ChangePassword("ann", "HASH-OF-PASSWORD", false, "ann"));
        _staff.Handle(new SetSecondFactor("ann", "SECRET", 1, ["RECOVERY"], "ann"));
        _staff.Handle(new IssueToken("bot", "Bot", [Role.Agent], "HASH-OF-TOKEN", null, "ann"));

        var text = Json(_staff.Ask<PeopleView>(new GetPeople())) + string.Join(' ', _staff.Last.Effects);

        Assert.DoesNotContain("HASH", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.DoesNotContain("RECOVERY", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_IsFoundWhileItIsGood()
    {
        _staff.Handle(new IssueToken("bot", "Bot", [Role.Agent], "hash", _staff.Now.AddHours(1), "ann"));
        Assert.Equal("bot", _staff.Ask<ApiTokenView>(new FindToken("hash")).Id);

        _staff.Refuses("no_such_token", new FindToken("other"));
        _staff.Refuses("token_exists", new IssueToken("bot", "Bot", [Role.Agent], "hash2", null, "ann"));
        _staff.Refuses("expiry_in_the_past", new IssueToken("late", "Late", [Role.Agent], "hash2", _staff.Now, "ann"));
        _staff.Now = _staff.Now.AddHours(1);
        _staff.Refuses("no_such_token", new FindToken("hash"));

        _staff.Handle(new IssueToken("bot2", "Bot", [Role.Agent], "hash2", null, "ann"));
        _staff.Handle(new RevokeToken("bot2", "ann"));
        _staff.Refuses("no_such_token", new FindToken("hash2"));
        _staff.ChangesNothing(new RevokeToken("bot2", "ann"));
    }

    [Fact]
    public void TokensUse_IsKeptToTheHour()
    {
        _staff.Handle(new IssueToken("bot", "Bot", [Role.Agent], "hash", null, "ann"));
        _staff.Handle(new NoteTokenUse("bot"));
        var first = _staff.Now;
        _staff.Now = first.AddMinutes(59);
        _staff.ChangesNothing(new NoteTokenUse("bot"));
        Assert.Equal(first, _staff.Ask<ApiTokenView>(new FindToken("hash")).LastUsedAt);

        _staff.Now = first.AddHours(1);
        _staff.Handle(new NoteTokenUse("bot"));
        Assert.Equal(_staff.Now, _staff.Ask<ApiTokenView>(new FindToken("hash")).LastUsedAt);
        _staff.Refuses("no_such_token", new NoteTokenUse("other"));
    }

    [Fact]
    public void NewcomerWithAnIdentity_HasItFromTheFirstMomentOn()
    {
        var identity = new OutsideIdentity("https://id.example", "77");
        _staff.Handle(new AddPerson("ben", "Ben", null, [Role.Agent], null, "ann") { Identity = identity });

        Assert.Equal("ben", _staff.Ask<PersonView>(new SignInByIdentity(identity)).Id);
        _staff.Refuses("identity_in_use", new AddPerson("ben-2", "Ben", null, [Role.Agent], null, "ann") { Identity = identity });
    }

    [Fact]
    public void EndOfSessions_IsAnotherStamp()
    {
        var before = Find("ann").Stamp;

        _staff.Handle(new EndSessions("ann", "ann"));

        Assert.True(Find("ann").Stamp > before);
    }

    private void Add(string id, params ImmutableArray<Role> roles) => _staff.Handle(new AddPerson(id, id, null, roles, "hash", "first"));

    private StaffPerson Find(string id) => _staff.State.People[id];

    private static string Json(Reply reply) => System.Text.Json.JsonSerializer.Serialize(reply, GrainsJson.Default.Reply);
}
