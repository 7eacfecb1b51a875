using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Staff;

namespace CustomerService.Staff.Tests;

public sealed class DemoPeopleTests
{
    [Fact]
    public async Task InDevelopment_OneOfEachRoleIsLetIn_WithDesksForThoseWhoServe()
    {
        await using var company = new Company(new StaffSettings { LetsDemoPeopleIn = true });
        var people = company.Get<DemoPeople>();

        await people.EnsureAsync(["delivery", "billing"]);
        await people.EnsureAsync(["delivery", "billing"]);

        foreach (var person in DemoPeople.All)
            Assert.Equal<Role[]>([person.Role], [.. (await InAsync(people, person.Id)).Roles]);
        Assert.Equal(Enum.GetValues<Role>().Order(), DemoPeople.All.Select(person => person.Role).Order());
        var ann = await InAsync(people, "demo-ann");
        Assert.Equal<string[]>(["delivery", "billing"], [.. (await company.Door.ReadAsync<AgentView>(ann, Grain.Agent("demo-ann"), new GetAgent())).Queues]);
        Assert.IsNotType<AgentView>(await company.AskAsync(Grain.Agent("demo-olu"), new GetAgent()));
        Assert.IsType<SignInResult.NotLinked>(await people.SignInAsync("admin", null));
    }

    [Fact]
    public async Task Elsewhere_NoneIsLetIn_ByNoWay()
    {
        await using var company = new Company();
        var people = company.Get<DemoPeople>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await people.EnsureAsync(["delivery"]));

        // The same store was run for development before.
        var store = await DevelopedAsync(company);
        Assert.IsType<SignInResult.Disabled>(await people.SignInAsync("demo-ada", null));
        var password = await company.Accounts.ResetPasswordAsync(Company.Boss, "demo-ada");
        Assert.IsType<SignInResult.Disabled>(await company.SignIn.SignInAsync("demo-ada", password, null, null));
        var refused = await Assert.ThrowsAsync<StaffRefusedException>(async () => await company.Door.ReadAsync<QueueView>(store, Grain.Queue("delivery"), new GetQueue()));
        Assert.Equal("person_disabled", refused.Code);
    }

    [Fact]
    public async Task DemoAdministrator_IsNotTheOneThatASystemMustHave()
    {
        await using var company = new Company();
        await DevelopedAsync(company);

        Assert.NotNull(await company.Get<FirstAdministrator>().EnsureAsync());
        var refused = await Assert.ThrowsAsync<StaffRefusedException>(async () => await company.Accounts.DisableAsync(Company.Boss, FirstAdministrator.Id));
        Assert.Equal("last_administrator", refused.Code);
    }

    /// <summary>The company's store as a run for development leaves it, and a session that began there.</summary>
    private static async Task<StaffMember> DevelopedAsync(Company company)
    {
        var development = company.RunWith(new StaffSettings { LetsDemoPeopleIn = true });
        await development.Get<DemoPeople>().EnsureAsync(["delivery"]);
        return await InAsync(development.Get<DemoPeople>(), "demo-ada");
    }

    private static async Task<StaffMember> InAsync(DemoPeople people, string id) => Assert.IsType<SignInResult.SignedIn>(await people.SignInAsync(id, null)).Member;
}
