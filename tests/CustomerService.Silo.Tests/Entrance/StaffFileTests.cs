using CustomerService.Grains.Staff;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Entrance;

namespace CustomerService.Silo.Tests.Entrance;

public sealed class StaffFileTests
{
    private const string Whole = """
        second_factor: [administrator, supervisor]
        providers:
          company:
            title: the company account
            authority: https://login.example.com/realms/shop
            client_id: customerservice
            client_secret_env: COMPANY_SECRET
            scopes: [openid, email, groups]
            link_by_email: true
            create: true
            roles_claim: groups
            roles:
              support-team: agent
              support-leads: supervisor
          second-one:
            authority: http://localhost:9000
            client_id: other
        """;

    [Fact]
    public void File_SaysWhoNeedsASecondFactor_AndWhoIsTrusted()
    {
        var settings = StaffFile.Parse(Whole, "staff.yaml", Environment);

        Assert.Equal<Role[]>([Role.Supervisor, Role.Administrator], [.. settings.SecondFactorFor]);
        Assert.Equal(2, settings.Providers.Length);
        var company = settings.Providers[0];
        Assert.Equal(
            ("company", "the company account", new Uri("https://login.example.com/realms/shop"), "customerservice", "a secret", true, true, "groups"),
            (company.Name, company.Title, company.Authority, company.ClientId, company.ClientSecret, company.LinksByEmail, company.CreatesPeople, company.RoleClaim));
        Assert.Equal<Role[]>([Role.Agent], [.. company.RolesOf(["support-team", "others"])!.Value]);
        Assert.Equal<string[]>(["openid", "email", "groups"], [.. company.Scopes]);
        Assert.DoesNotContain("a secret", settings.ToString(), StringComparison.Ordinal);
        var second = settings.Providers[1];
        Assert.Equal(("second-one", "second-one", null, false, false), (second.Name, second.Title, second.ClientSecret, second.LinksByEmail, second.CreatesPeople));
        Assert.Null(second.RolesOf(["support-team"]));
    }

    [Fact]
    public void ShippedFile_AndNoFile_LeaveTheDefaults()
    {
        var shipped = StaffFile.Load(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "staff.yaml"), Environment);
        var none = StaffFile.Load(Path.Combine(Path.GetTempPath(), "no-such-folder", "staff.yaml"), Environment);

        Assert.All([shipped, none], settings => Assert.True(settings.SecondFactorFor.IsEmpty && settings.Providers.IsEmpty && !settings.LetsDemoPeopleIn));
    }

    [Fact]
    public void ShippedExample_IsOneThatWorks()
    {
        var lines = File.ReadLines(Path.Combine(Requires.RepositoryRoot, "silo", "CustomerService.Silo", "content", "staff.yaml"));
        var example = string.Join('\n', lines.Where(line => line.StartsWith("#  ", StringComparison.Ordinal)).Select(line => line[1..]).Prepend("providers:"));

        var provider = Assert.Single(StaffFile.Parse(example, "staff.yaml", Environment).Providers);

        Assert.Equal(("company", "groups", 2), (provider.Name, provider.RoleClaim, provider.Roles.Count));
    }

    [Theory]
    [InlineData("second_factor: [boss]", ":1:17", "'boss' is no role")]
    [InlineData("second_factors: [agent]", ":1:1", "did you mean 'second_factor'?")]
    [InlineData("providers:\n  Company: {authority: 'https://x.example', client_id: c}", ":2:3", "can't be a provider's name")]
    [InlineData("providers:\n  console: {authority: 'https://x.example', client_id: c}", ":2:3", "can't be a provider's name")]
    [InlineData("providers:\n  company:", ":2:3", "says nothing")]
    [InlineData("providers:\n  company: {client_id: c}", ":2:12", "has no authority")]
    [InlineData("providers:\n  company: {authority: 'http://login.example.com', client_id: c}", ":2:24", "http only on this machine")]
    [InlineData("providers:\n  company: {authority: 'https://x.example', client_id: c, client_secret_env: NOT_SET}", ":2:78", "set NOT_SET to the secret")]
    [InlineData("providers:\n  company: {authority: 'https://x.example', client_id: c, scopes: [email]}", ":2:68", "add 'openid'")]
    [InlineData("providers:\n  company: {authority: 'https://x.example', client_id: c, create: true}", ":2:12", "newcomers_roles: [agent]")]
    [InlineData("providers:\n  company: {authority: 'https://x.example', client_id: c, roles: {a: agent}}", ":2:12", "add 'roles_claim: groups'")]
    [InlineData("providers:\n  company: {authority: 'https://x.example', client_id: c, roles_claim: groups}", ":2:72", "add 'roles:'")]
    public void MistakesAreTold_WithPlaceAndFix(string text, string place, string words)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => StaffFile.Parse(text, "staff.yaml", Environment));

        Assert.Contains($"staff.yaml{place}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.0.0.0/8", "10.9.8.7", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    public void Proxies_AreAddressesOrNetworks(string written, string address, bool trusted) =>
        Assert.Equal(trusted, Assert.Single(TrustedProxies.Parse([written])).Contains(System.Net.IPAddress.Parse(address)));

    private static string? Environment(string name) => name is "COMPANY_SECRET" or "COMPANY_LOGIN_SECRET" ? "a secret" : null;
}
