using CustomerService.Architecture.Tests.Facts;
using CustomerService.Architecture.Tests.Rules;

namespace CustomerService.Architecture.Tests;

public sealed class SolutionTests
{
    private const string Small = """
        Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "src", "src", "{827E0CD3-B72D-47B6-A68D-7590B98EB39B}"
        EndProject
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "One", "src\One\One.csproj", "{3840209C-2834-454A-95AD-429A61C8D6AA}"
        EndProject
        Global
        	GlobalSection(NestedProjects) = preSolution
        		{3840209C-2834-454A-95AD-429A61C8D6AA} = {827E0CD3-B72D-47B6-A68D-7590B98EB39B}
        	EndGlobalSection
        EndGlobal
        """;

    [Fact]
    public void The_solution_shows_every_project_in_its_folder()
    {
        Assert.Contains("tests/CustomerService.Architecture.Tests/CustomerService.Architecture.Tests.csproj", Checkout.Projects);
        Expect.None(SolutionFile.Violations(Checkout.Read("CustomerService.sln"), Checkout.Projects));
    }

    [Fact]
    public void A_project_in_its_folder_is_fine() => Assert.Empty(SolutionFile.Violations(Small, ["src/One/One.csproj"]));

    [Fact]
    public void A_project_that_is_not_shown_is_told() =>
        Assert.Equal(
            "src/Two/Two.csproj is not in the solution: dotnet sln add src/Two/Two.csproj",
            Assert.Single(SolutionFile.Violations(Small, ["src/One/One.csproj", "src/Two/Two.csproj"])));

    [Fact]
    public void A_project_that_is_gone_is_told() =>
        Assert.Equal("The solution names src/One/One.csproj, which does not exist.", Assert.Single(SolutionFile.Violations(Small, [])));

    [Fact]
    public void A_project_in_another_folder_is_told() =>
        Assert.Equal(
            "grains/One/One.csproj is shown in the solution folder 'src'; move it to 'grains'.",
            Assert.Single(SolutionFile.Violations(Small.Replace(@"src\One", @"grains\One", StringComparison.Ordinal), ["grains/One/One.csproj"])));
}
