using CustomerService.Grains.Staff;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace CustomerService.Staff.Tests;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = "green tea before noon";
    private readonly Company _company = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _company.DisposeAsync();

    [Fact]
    public async Task RightPassword_SignsIn_ByIdOrEmail()
    {
        await _company.HireAsync("ann", Password, Role.Agent);
        await _company.Accounts.ChangeProfileAsync(Company.Boss, "ann", "Ann Lee", "Ann@Shop.example");

        var byId = Assert.IsType<SignInResult.SignedIn>(await TryAsync("ANN ", Password)).Member;
        var byEmail = Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann@shop.example", Password)).Member;

        Assert.Equal(("ann", "Ann Lee", false), (byId.Id, byId.Name, byId.MustChangePassword));
        Assert.Equal(byId.Id, byEmail.Id);
    }

    [Fact]
    public async Task WrongPassword_LocksAfterFive_ForAMinuteAndThenTwo()
    {
        await _company.HireAsync("ann", Password, Role.Agent);

        for (var attempt = 1; attempt <= 5; attempt++)
            Assert.IsType<SignInResult.Wrong>(await TryAsync("ann", "not her password"));
        var locked = Assert.IsType<SignInResult.Locked>(await TryAsync("ann", Password));
        Assert.Equal(_company.Time.GetUtcNow().AddMinutes(1), locked.Until);

        _company.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignInResult.Wrong>(await TryAsync("ann", "not her password"));
        Assert.Equal(_company.Time.GetUtcNow().AddMinutes(2), Assert.IsType<SignInResult.Locked>(await TryAsync("ann", Password)).Until);

        _company.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password));
        Assert.IsType<SignInResult.Wrong>(await TryAsync("ann", "not her password"));
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password));
    }

    [Fact]
    public async Task NamesThatNobodyHas_AreAnsweredLikeOthers()
    {
        for (var attempt = 1; attempt <= 5; attempt++)
            Assert.IsType<SignInResult.Wrong>(await TryAsync("nobody", "some password"));

        Assert.Equal(_company.Time.GetUtcNow().AddMinutes(1), Assert.IsType<SignInResult.Locked>(await TryAsync("Nobody", "some password")).Until);
        Assert.DoesNotContain(_company.Acts, act => act.Who.Contains("nobody", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(6, _company.Acts.Count(act => act.Act == "staff.sign_in"));
    }

    [Fact]
    public async Task AttemptsAtOnce_AreNoMoreThanMayBe()
    {
        await _company.HireAsync("ann", Password, Role.Agent);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _company.SignIn.SignInAsync("ann", "not her password", null, "127.0.0.1").AsTask()));

        Assert.Equal(5, results.OfType<SignInResult.Wrong>().Count());
        Assert.Equal(35, results.OfType<SignInResult.Locked>().Count());
    }

    [Fact]
    public async Task Disabled_IsToldOnlyToWhoKnowsThePassword()
    {
        await _company.HireAsync("ann", Password, Role.Agent);
        await _company.Accounts.DisableAsync(Company.Boss, "ann");

        Assert.IsType<SignInResult.Wrong>(await TryAsync("ann", "not her password"));
        Assert.IsType<SignInResult.Disabled>(await TryAsync("ann", Password));
    }

    [Fact]
    public async Task AttemptsFromOneAddress_AreNoMoreThanMayBe_WhateverTheirNames()
    {
        await _company.HireAsync("ann", Password, Role.Agent);
        for (var n = 0; n < SignInAddresses.Burst; n++)
            Assert.IsType<SignInResult.Wrong>(await TryAsync($"name{n}", "summer holidays 2026"));

        var refused = Assert.IsType<SignInResult.TooMany>(await TryAsync("ann", Password));
        Assert.Equal(_company.Time.GetUtcNow() + SignInAddresses.Each, refused.Until);
        await TryAsync("ann", Password);
        Assert.Single(_company.Acts, act => act.Reason == "too_many_from_address"); // A flood does not fill the log.
        Assert.IsType<SignInResult.SignedIn>(await _company.SignIn.SignInAsync("ann", Password, null, "192.0.2.8"));

        // A good attempt takes nothing of what is left.
        _company.Time.Advance(SignInAddresses.Each);
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password));
        Assert.IsType<SignInResult.Wrong>(await TryAsync("name0", Password));
        Assert.IsType<SignInResult.TooMany>(await TryAsync("ann", Password));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public void Addresses_OfOneNetwork_AreOne(string one, string other, bool same)
    {
        var addresses = new SignInAddresses(_company.Time);
        for (var n = 0; n < SignInAddresses.Burst; n++)
            Assert.Null(addresses.Begin(one));

        Assert.Equal(same, addresses.Begin(other) is not null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void ThisMachineItself_IsNotLimited(string? address)
    {
        var addresses = new SignInAddresses(_company.Time);

        Assert.All(Enumerable.Range(0, 2 * SignInAddresses.Burst), _ => Assert.Null(addresses.Begin(address)));
    }

    [Fact]
    public async Task RoleThatNeedsASecondFactor_DoesNothingWithoutOne()
    {
        var demanding = _company.RunWith(new StaffSettings { SecondFactorFor = [Role.Administrator] });
        await _company.HireAsync("ada", Password, Role.Administrator);
        await _company.HireAsync("ben", "brown bread after nine", Role.Agent);

        var ada = Assert.IsType<SignInResult.SignedIn>(await demanding.SignIn.SignInAsync("ada", Password, null, null)).Member;
        Assert.True(ada.MustSetUpSecondFactor);
        Assert.Equal("second_factor_needed", (await RefusedAsync(() => demanding.Accounts.ListAsync(ada).AsTask())).Code);
        var setup = demanding.Own.BeginSecondFactor(ada);
        (ada, _) = await demanding.Own.FinishSecondFactorAsync(ada, setup.Pending, CodeOf(setup.Secret));

        await demanding.Accounts.ListAsync(ada);
        Assert.False(Assert.IsType<SignInResult.SignedIn>(await demanding.SignIn.SignInAsync("ben", "brown bread after nine", null, null)).Member.MustSetUpSecondFactor);
    }

    [Fact]
    public async Task EndOfOtherSessions_LeavesTheOneThatAsked()
    {
        var here = await _company.HireAsync("ann", Password, Role.Agent);
        var there = Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password)).Member;

        here = await _company.Own.EndOtherSessionsAsync(here);

        await _company.Door.RefreshAsync(here);
        Assert.Equal("session_over", (await RefusedAsync(() => _company.Door.RefreshAsync(there).AsTask())).Code);
        Assert.Equal("session_over", (await RefusedAsync(() => _company.Own.EndOtherSessionsAsync(there).AsTask())).Code);
    }

    [Fact]
    public async Task RecentSignIns_AreOnesOwn_GoodAndBad_TheNewestFirst()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        await _company.HireAsync("ann.lee", "brown bread after nine", Role.Agent);
        await TryAsync("ann", "not her password");

        var acts = await _company.Own.RecentSignInsAsync(ann, 10);

        Assert.Equal(["password_wrong", null], acts.Select(act => act.Reason));
        Assert.Equal("192.0.2.7", acts[0].Address);
    }

    [Fact]
    public async Task SecondFactor_IsAsked_AndEachCodeWorksOnce()
    {
        var (secret, recovery) = await WithSecondFactorAsync();
        Assert.IsType<SignInResult.NeedsCode>(await TryAsync("ann", Password));

        // The code that proved the device is used already.
        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, CodeOf(secret)));
        _company.Time.Advance(TimeSpan.FromSeconds(30));
        var code = CodeOf(secret);
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password, code));
        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, code));

        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password, recovery[3].ToUpperInvariant()));
        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, recovery[3]));
        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, "000000"));
        Assert.Contains(_company.Acts, act => act is { Who: "ann", Act: "staff.sign_in", Detail: "by a recovery code" });
    }

    [Fact]
    public async Task CodeOfOneStepEarlyOrLate_IsAccepted_AndOfTwoIsNot()
    {
        var (secret, _) = await WithSecondFactorAsync();
        _company.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, CodeOf(secret, steps: -2)));
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password, CodeOf(secret, steps: -1)));
        Assert.IsType<SignInResult.SignedIn>(await TryAsync("ann", Password, CodeOf(secret, steps: 1)));
        Assert.IsType<SignInResult.WrongCode>(await TryAsync("ann", Password, CodeOf(secret)));
    }

    [Fact]
    public async Task SecondFactorSetup_OfAnotherOrTooOld_IsRefused()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        var ben = await _company.HireAsync("ben", "brown bread after nine", Role.Agent);
        var setup = _company.Own.BeginSecondFactor(ann);

        Assert.Equal("setup_outdated", (await RefusedAsync(() => _company.Own.FinishSecondFactorAsync(ben, setup.Pending, CodeOf(setup.Secret)).AsTask())).Code);
        Assert.Equal("code_wrong", (await RefusedAsync(() => _company.Own.FinishSecondFactorAsync(ann, setup.Pending, "000000").AsTask())).Code);
        _company.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("setup_outdated", (await RefusedAsync(() => _company.Own.FinishSecondFactorAsync(ann, setup.Pending, CodeOf(setup.Secret)).AsTask())).Code);
    }

    [Fact]
    public async Task OutsideIdentity_SignsInWhomItIsLinkedTo()
    {
        await _company.HireAsync("ann", Password, Role.Agent);
        Assert.IsType<SignInResult.NotLinked>(await _company.SignIn.SignInByIdentityAsync("https://id.example", "77", null));

        await _company.Accounts.LinkIdentityAsync(Company.Boss, "ann", new OutsideIdentity("https://id.example", "77"));

        Assert.Equal("ann", Assert.IsType<SignInResult.SignedIn>(await _company.SignIn.SignInByIdentityAsync("https://id.example", "77", null)).Member.Id);
        Assert.IsType<SignInResult.NotLinked>(await _company.SignIn.SignInByIdentityAsync("https://other.example", "77", null));
    }

    [Fact]
    public async Task FirstStart_MakesOneAdministrator_AndNoStartAfterIt()
    {
        var first = _company.Get<FirstAdministrator>();

        var passwords = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => first.EnsureAsync().AsTask()));

        var password = Assert.Single(passwords, each => each is not null);
        var admin = Assert.IsType<SignInResult.SignedIn>(await TryAsync("admin", password!)).Member;
        Assert.True(admin.MustChangePassword);
        Assert.Null(await first.EnsureAsync());
    }

    [Fact]
    public void Secrets_AreBoundToTheirPurpose_AndNotice_Changes()
    {
        var secrets = new StaffSecrets(new byte[32]);
        var cookie = secrets.CreateProtector("cookie");
        var written = cookie.Protect([1, 2, 3]);

        Assert.Equal([1, 2, 3], new StaffSecrets(new byte[32]).CreateProtector("cookie").Unprotect(written));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => secrets.CreateProtector("other").Unprotect(written));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => new StaffSecrets(Enumerable.Repeat((byte)1, 32).ToArray()).CreateProtector("cookie").Unprotect(written));
        for (var at = 0; at < written.Length; at++)
        {
            var changed = written.ToArray();
            changed[at] ^= 1;
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => cookie.Unprotect(changed));
        }
    }

    private async Task<(string Secret, IReadOnlyList<string> Recovery)> WithSecondFactorAsync()
    {
        var ann = await _company.HireAsync("ann", Password, Role.Agent);
        var setup = _company.Own.BeginSecondFactor(ann);
        var (_, codes) = await _company.Own.FinishSecondFactorAsync(ann, setup.Pending, CodeOf(setup.Secret));
        return (setup.Secret, codes);
    }

    private string CodeOf(string secret, int steps = 0) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(_company.Time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    private Task<SignInResult> TryAsync(string name, string password, string? code = null) => _company.SignIn.SignInAsync(name, password, code, "192.0.2.7").AsTask();

    private static Task<StaffRefusedException> RefusedAsync(Func<Task> act) => Assert.ThrowsAsync<StaffRefusedException>(act);
}
