using CustomerService.Architecture.Tests.Facts;
using CustomerService.Architecture.Tests.Rules;

namespace CustomerService.Architecture.Tests;

public sealed class ReferencesTests
{
    [Fact]
    public void Every_project_references_only_what_the_table_allows()
    {
        var projects = Checkout.Projects.Select(path => ProjectFile.Parse(path, Checkout.Read(path))).ToList();

        Assert.Contains(projects, project => project.Name == "Silo" && project.Projects.Contains("Runtime"));
        Expect.None(ReferenceTable.Violations(projects));
    }

    [Fact]
    public void Every_assembly_uses_only_what_the_table_allows()
    {
        Assert.Contains(CompiledAssembly.Ours, assembly => assembly.Name == "Silo");
        Assert.Contains(CompiledAssembly.Ours, assembly => assembly.Name == "Grains");
        Expect.None(ReferenceTable.Violations(CompiledAssembly.Ours));
    }

    [Fact]
    public void The_gateway_knows_the_runtimes_client_and_never_a_host()
    {
        var gateway = CompiledAssembly.Ours.Single(assembly => assembly.Name == "Gateway");

        Assert.DoesNotContain(gateway.Types, type => type.StartsWith("CustomerService.Runtime.InProcess.", StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Types, type => type.StartsWith("CustomerService.Runtime.Stores.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Grains", "Runtime", "Grains must not reference Runtime; it may reference nothing of ours.")]
    [InlineData("Pipelines", "Language", "Pipelines must not reference Language; it may reference Grains.")]
    [InlineData("Gateway", "Assistants", "Gateway must not reference Assistants; it may reference Grains, Runtime, Channels, Reporting, Staff.")]
    [InlineData("Gateway.Tests", "Silo", "Gateway.Tests must not reference Silo; it may reference Grains, Runtime, Channels, Reporting, Staff.")]
    public void A_reference_outside_the_table_is_told(string from, string to, string expected)
    {
        var project = Parse(from, $"""<ProjectReference Include="../../src/CustomerService.{to}/CustomerService.{to}.csproj" />""");

        Assert.Equal(expected, Assert.Single(ReferenceTable.Violations([project])));
    }

    [Theory]
    [InlineData("Assistants", "Integrations")]
    [InlineData("Gateway.Tests", "Gateway")]
    [InlineData("Gateway.Tests", "Runtime")]
    [InlineData("EndToEnd.Tests", "Silo")]
    public void A_reference_inside_the_table_is_not(string from, string to)
    {
        var project = Parse(from, $"""<ProjectReference Include="..\..\src\CustomerService.{to}\CustomerService.{to}.csproj" />""");

        Assert.Empty(ReferenceTable.Violations([project]));
    }

    [Fact]
    public void A_project_that_the_table_does_not_know_is_told()
    {
        Assert.Contains("Billing is not in the reference table", Assert.Single(ReferenceTable.Violations([Parse("Billing", "")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Orleans_outside_its_two_projects_is_told_even_under_a_condition()
    {
        const string package = """<PackageReference Condition="'$(Orleans)' == 'true'" Include="Microsoft.Orleans.Server" />""";

        Assert.Empty(ReferenceTable.Violations([Parse("Grains.Orleans", package)]));
        Assert.Contains("Orleans lives in", Assert.Single(ReferenceTable.Violations([Parse("Runtime", package)])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_compiled_assembly_uses_past_its_project_file_is_told()
    {
        CompiledAssembly[] assemblies =
        [
            new("Gateway", ["Grains", "Pipelines", "Orleans.Core", "System.Runtime"], [], []),
            new("Grains", ["System.Runtime"], [], []),
            new("Pipelines", ["Grains", "YamlDotNet"], [], []),
        ];

        Assert.Collection(
            ReferenceTable.Violations(assemblies),
            first => Assert.StartsWith("Gateway must not reference Pipelines", first, StringComparison.Ordinal),
            second => Assert.StartsWith("Gateway must not reference Orleans.Core", second, StringComparison.Ordinal));
    }

    private static ProjectFile Parse(string name, string reference) => ProjectFile.Parse(
        $"src/CustomerService.{name}/CustomerService.{name}.csproj",
        $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{reference}</ItemGroup></Project>""");
}
