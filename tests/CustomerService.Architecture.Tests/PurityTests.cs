using CustomerService.Architecture.Tests.Facts;
using CustomerService.Architecture.Tests.Rules;

namespace CustomerService.Architecture.Tests;

public sealed class PurityTests
{
    private const string Grains = "grains/CustomerService.Grains/";

    [Fact]
    public void No_file_of_the_grains_names_the_outside()
    {
        var files = Checkout.Files.Where(path => path.StartsWith(Grains, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Expect.None(files.SelectMany(path => Purity.Violations(path, Checkout.Read(path))));
    }

    [Fact]
    public void The_compiled_grains_use_nothing_of_the_outside() =>
        Expect.None(Purity.Violations(CompiledAssembly.Ours.Single(assembly => assembly.Name == "Grains")));

    [Fact]
    public void The_grains_need_no_package()
    {
        var path = Checkout.Projects.Single(project => project.EndsWith("/CustomerService.Grains.csproj", StringComparison.Ordinal));

        Assert.Empty(ProjectFile.Parse(path, Checkout.Read(path)).Packages);
    }

    [Theory]
    [InlineData("using System.IO;")]
    [InlineData("    var text = System.Net.WebUtility.HtmlEncode(name);")]
    [InlineData("using System.Threading.Tasks;")]
    [InlineData("using Microsoft.Extensions.Logging;")]
    public void A_line_that_names_the_outside_is_told_with_its_place(string line) =>
        Assert.StartsWith("Queue.cs(2) names ", Assert.Single(Purity.Violations("Queue.cs", "// System.IO is not for grains.\n" + line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.Random")]
    [InlineData("System.Threading.Timer")]
    [InlineData("System.Threading.Tasks.Parallel")]
    public void An_outside_type_in_the_compiled_grains_is_told(string type) =>
        Assert.StartsWith($"Grains uses {type}:", Assert.Single(Purity.Violations(new CompiledAssembly("Grains", [], [type, "System.String"], []))), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "System.Environment.get_CurrentManagedThreadId")]
    [InlineData(1, "System.Environment.get_CurrentManagedThreadId", "System.Environment.get_MachineName")]
    [InlineData(1, "System.Environment.GetEnvironmentVariable")]
    public void Of_the_environment_only_what_iterators_ask_is_let_pass(int told, params string[] members) =>
        Assert.Equal(told, Purity.Violations(new CompiledAssembly("Grains", [], ["System.Environment"], [.. members])).Count());

    [Fact]
    public void Chance_in_the_compiled_grains_is_told() =>
        Assert.StartsWith(
            "Grains uses System.Guid.NewGuid:",
            Assert.Single(Purity.Violations(new CompiledAssembly("Grains", [], ["System.Guid"], ["System.Guid.Parse", "System.Guid.NewGuid"]))),
            StringComparison.Ordinal);
}
