using CustomerService.Grains.Staff;
using CustomerService.Staff;
using CustomerService.Staff.Tests;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.AgentConsole.Tests.SignIn;

public sealed class OutsideSignInTests
{
    private const string Failed = "/console/sign-in?reason=outside_failed";

    [Fact]
    public async Task Linked_SignsIn_AndComesToWhereTheyWanted()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);

        Assert.Equal("/console/queues", await console.SignInAsync());

        Assert.Equal("ann", await console.WhoAsync());
        Assert.Empty(console.Provider.Refused);
        Assert.Equal("/console", await console.SignInAsync("to=https://evil.example/"));
    }

    [Fact]
    public async Task Stranger_IsLetInNowhere_UnlessTheOwnerSaidSo()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.Company.HireAsync("ann", "green tea before noon", Role.Agent);
        await console.Company.Accounts.ChangeProfileAsync(Company.Boss, "ann", "Ann", "ann@shop.example");

        Assert.Equal("/console/sign-in?reason=not_linked", await console.SignInAsync());
        Assert.Equal("nobody", await console.WhoAsync());
        Assert.Contains(console.Company.Acts, act => act is { Act: "staff.sign_in", Reason: "identity_not_linked" });
    }

    [Fact]
    public async Task Disabled_IsTold()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);
        await console.Company.Accounts.DisableAsync(Company.Boss, "ann");

        Assert.Equal("/console/sign-in?reason=disabled", await console.SignInAsync());
    }

    [Fact]
    public async Task Newcomer_GetsAnAccount_WhoseRolesFollowTheProvidersWord()
    {
        await using var console = await OutsideConsole.StartAsync(provider => provider with
        {
            CreatesPeople = true,
            RoleClaim = "realm_access.roles",
            Roles = provider.Roles.Add("support", Role.Agent).Add("leads", Role.Supervisor),
        });
        console.Provider.Claims["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "support", "staff" } };

        Assert.Equal("/console/queues", await console.SignInAsync());
        Assert.Equal("ann.lee", await console.WhoAsync());
        var ann = await FindAsync(console, "ann.lee");
        Assert.Equal(("Ann Lee", "ann@shop.example", false), (ann.Name, ann.Email, ann.HasPassword));
        Assert.Equal<Role[]>([Role.Agent], [.. ann.Roles]);

        console.Provider.Claims["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "leads" } };
        Assert.Equal("/console/queues", await console.SignInAsync());
        Assert.Equal<Role[]>([Role.Supervisor], [.. (await FindAsync(console, "ann.lee")).Roles]);
        console.Provider.Claims["realm_access"] = new Dictionary<string, object> { ["roles"] = Array.Empty<string>() };
        Assert.Equal("/console/sign-in?reason=no_role", await console.SignInAsync());

        // Another who is called the same there is another here.
        (console.Provider.Claims["sub"], console.Provider.Claims["email"]) = ("78", "ann.lee@other.example");
        console.Provider.Claims["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "support" } };
        await console.SignInAsync();
        Assert.Equal("ann.lee-2", await console.WhoAsync());
    }

    [Fact]
    public async Task AddressThatIsNotVerified_LetsNobodyIn()
    {
        await using var console = await OutsideConsole.StartAsync(provider => provider with { CreatesPeople = true, LinksByEmail = true, NewcomersRoles = [Role.Administrator] });
        await console.Company.HireAsync("ann", "green tea before noon", Role.Agent);
        await console.Company.Accounts.ChangeProfileAsync(Company.Boss, "ann", "Ann", "ann@shop.example");
        console.Provider.Claims["email_verified"] = false;

        Assert.Equal("/console/sign-in?reason=email_not_verified", await console.SignInAsync());
        console.Provider.Claims.Remove("email_verified");
        Assert.Equal("/console/sign-in?reason=email_not_verified", await console.SignInAsync());

        console.Provider.Claims["email_verified"] = true;
        Assert.Equal("/console/queues", await console.SignInAsync());
        Assert.Equal("ann", await console.WhoAsync());
        Assert.Equal<Role[]>([Role.Agent], [.. (await FindAsync(console, "ann")).Roles]);
    }

    [Fact]
    public async Task WhatIsNotAsItWasAskedFor_IsRefused()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);

        console.Provider.LiesAboutNonce = "another nonce, of another sign-in";
        Assert.Equal(Failed, await console.SignInAsync());
        console.Provider.LiesAboutNonce = null;
        console.Provider.LiesAboutAudience = "another-client";
        Assert.Equal(Failed, await console.SignInAsync());
        console.Provider.LiesAboutAudience = null;
        console.Provider.SignsWithAnothersKey = true;
        Assert.Equal(Failed, await console.SignInAsync());
        console.Provider.SignsWithAnothersKey = false;
        console.Provider.TakesAnothersChallenge = true;
        Assert.Equal(Failed, await console.SignInAsync());
        Assert.Equal("code verifier", console.Provider.Refused.Last());
        console.Provider.TakesAnothersChallenge = false;

        Assert.Equal("nobody", await console.WhoAsync());
        Assert.Equal("/console/queues", await console.SignInAsync());
    }

    [Fact]
    public async Task Answer_CountsOnce_InTheBrowserThatAsked_WithItsState()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);

        var callback = await console.ToProviderAsync();
        var query = QueryHelpers.ParseQuery(callback.Query);
        var withoutState = new Uri(QueryHelpers.AddQueryString(callback.GetLeftPart(UriPartial.Path), "code", query["code"].ToString()));
        Assert.Equal(Failed, await console.BackAsync(withoutState));
        using var another = OutsideConsole.NewBrowser();
        Assert.Equal(Failed, await console.BackAsync(callback, another));
        Assert.Equal("/console/queues", await console.BackAsync(callback));
        Assert.Equal(Failed, await console.BackAsync(callback));
    }

    [Fact]
    public async Task ProviderThatIsAway_IsTold()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.Provider.StopAsync();

        Assert.Equal(Failed, (await console.ToProviderAsync()).PathAndQuery);
    }

    [Fact]
    public async Task OnesOwnAccount_IsLinked_ByOnesOwnWish()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);
        await console.SignInAsync();
        console.Provider.Claims["sub"] = "another account of Ann's";

        Assert.Equal("/console/account?told=linked", await console.SignInAsync($"link={Uri.EscapeDataString(console.Links.Write("ann"))}"));
        Assert.Equal(2, (await FindAsync(console, "ann")).Identities.Length);
        await console.SignInAsync();
        Assert.Equal("ann", await console.WhoAsync());

        // Whoever is sent there by another's page, or is somebody else, is led nowhere.
        Assert.Equal("/console/account?told=link_expired", (await console.ToProviderAsync("link=made-up")).PathAndQuery);
        Assert.Equal("/console/account?told=link_expired", (await console.ToProviderAsync($"link={Uri.EscapeDataString(console.Links.Write("ben"))}")).PathAndQuery);
    }

    [Fact]
    public async Task AnothersIdentity_CantBeLinked()
    {
        await using var console = await OutsideConsole.StartAsync();
        await console.HireLinkedAsync("ann", [Role.Agent]);
        await console.SignInAsync();
        await console.Company.HireAsync("ben", "brown bread after nine", Role.Agent);
        await console.Company.Accounts.LinkIdentityAsync(Company.Boss, "ben", new OutsideIdentity(console.Provider.Address.ToString().TrimEnd('/'), "78"));
        console.Provider.Claims["sub"] = "78";

        Assert.Equal("/console/account?told=identity_in_use", await console.SignInAsync($"link={Uri.EscapeDataString(console.Links.Write("ann"))}"));
    }

    private static async Task<PersonView> FindAsync(OutsideConsole console, string id) =>
        Assert.Single((await console.Company.Accounts.ListAsync(Company.Boss)).People, person => person.Id == id);
}
