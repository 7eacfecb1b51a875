using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;

namespace CustomerService.Deploy;

/// <summary>What containers give the program is what the program takes.</summary>
public sealed class ProgramTests
{
    [RequiresFact("kustomize")]
    public async Task Every_argument_on_Kubernetes_is_a_flag_of_the_program()
    {
        var told = new List<string>();
        foreach (var manifests in await KubernetesTests.AllAsync())
        {
            foreach (var (owner, container) in manifests.OurContainers)
                told.AddRange(await CommandLines.ViolationsAsync($"{manifests.Name}: {owner}", container.Args));
        }

        Expect.None(told);
    }

    [RequiresFact("kustomize")]
    public async Task Every_variable_on_Kubernetes_is_one_that_the_program_reads() => Expect.None((await KubernetesTests.AllAsync()).SelectMany(Variables.Violations));

    [RequiresFact("kustomize")]
    public async Task Ports_and_patience_fit_the_program() => Expect.None((await KubernetesTests.AllAsync()).SelectMany(Ports.Violations));

    [RequiresTheory("kustomize")]
    [InlineData("containerPort: 11111", "containerPort: 11112", "--silo-port")]
    [InlineData("- http://0.0.0.0:8080", "- http://0.0.0.0:80", "--listen")]
    [InlineData("terminationGracePeriodSeconds: 70", "terminationGracePeriodSeconds: 30", "killed after 30 s")]
    [InlineData("seconds: 5\n", "seconds: 45\n", "may need")]
    public async Task A_port_or_patience_that_does_not_fit_is_told(string good, string bad, string told) =>
        Expect.Told(told, Ports.Violations((await Manifests.OfAsync($"{Checkout.Kubernetes}/overlays/production")).With(good, bad)));

    [RequiresTheory("kustomize")]
    [InlineData("name: CUSTOMERSERVICE_DATABASE", "name: CUSTOMERSERVICE_DB", "CUSTOMERSERVICE_DB")]
    [InlineData("CUSTOMERSERVICE_CLUSTER_ID: ", "CUSTOMERSERVICE_CLUSTER_NAME: ", "CUSTOMERSERVICE_CLUSTER_NAME")]
    public async Task A_variable_that_the_program_does_not_read_is_told(string good, string bad, string told) =>
        Expect.Told(told, Variables.Violations((await Manifests.OfAsync($"{Checkout.Kubernetes}/overlays/production")).With(good, bad)));

    [Theory]
    [InlineData("run --listen http://0.0.0.0:8080 --workes 3", "--workes")]
    [InlineData("run --roles silo,gate", "'gate'")]
    [InlineData("--roles silo", "no command")]
    [InlineData("database upgrade --database x", "'database upgrade'")]
    public async Task A_flag_that_the_program_does_not_have_is_told(string arguments, string told) =>
        Expect.Told(told, await CommandLines.ViolationsAsync("here", arguments.Split(' ')));

    [Fact]
    public async Task The_recipes_flags_are_flags_of_the_program()
    {
        var commands = ShellText.CommandsOf(["docs/recipes/run-a-cluster.md", "docs/operations/cluster.md", "deploy/database/README.md"]).ToList();

        Assert.Contains(commands, command => command.Words[0] == "run");
        foreach (var (place, words) in commands)
            Expect.None(await CommandLines.ViolationsAsync(place, words));
    }
}
