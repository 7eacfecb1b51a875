using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;

namespace CustomerService.Deploy;

public sealed class ComposeTests
{
    private static string Text => Checkout.Read(ComposeFile.File);

    private static string Example => Checkout.Read("deploy/.env.example");

    [Fact]
    public void What_the_compose_file_names_is_there() => Expect.None(Compose.Violations(ComposeFile.Parse(Text), Example));

    [Fact]
    public void It_is_a_whole_cluster()
    {
        var file = ComposeFile.Parse(Text);

        Assert.Equal(["console", "gateway", "migrate", "postgres", "prometheus", "redis", "silo"], file.Services.Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.Equal("3", ComposeFile.Map(file.Services.Single(service => service.Name == "silo")["deploy"])["replicas"]);
        Assert.Contains("--appendonly yes", string.Join(' ', file.Services.Single(service => service.Name == "redis").Command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_argument_is_a_flag_of_the_program()
    {
        var ours = ComposeFile.Parse(Text).Services.Where(service => service.IsOurs).ToList();

        Assert.Equal(4, ours.Count);
        foreach (var service in ours)
            Expect.None(await CommandLines.ViolationsAsync($"compose: {service.Name}", service.Command));
    }

    [Theory]
    [InlineData("dockerfile: deploy/docker/Dockerfile", "dockerfile: Dockerfile", "is built from")]
    [InlineData("redis: { condition: service_healthy }", "cache: { condition: service_healthy }", "waits for cache")]
    [InlineData("silo: { condition: service_started }", "silo: { condition: service_healthy }", "which nobody checks")]
    [InlineData("restart: on-failure", "restart: always", "never ends")]
    [InlineData("- ./observability/rules:", "- ./observability/alerts:", "mounts ./observability/alerts")]
    [InlineData("  redis:\n  postgres:\n  prometheus:\n", "  redis:\n  postgres:\n  prometheus:\n  old:\n", "used by nobody")]
    [InlineData("${POSTGRES_PASSWORD}", "${PG_PASSWORD}", "PG_PASSWORD")]
    [InlineData("CUSTOMERSERVICE_AGENT_TOKEN:", "CUSTOMERSERVICE_AGENTS_TOKEN:", "CUSTOMERSERVICE_AGENTS_TOKEN")]
    [InlineData("    deploy:\n", "    ports: [\"11111:11111\"]\n    deploy:\n", "reachable from outside")]
    [InlineData("read_only: true", "read_only: false", "write to its image")]
    [InlineData("stop_grace_period: 60s\n  read_only", "stop_grace: 60s\n  read_only", "stop_grace")]
    [InlineData("image: redis:7-alpine", "image: redis:latest", "certain version")]
    public void What_is_not_there_is_told(string good, string bad, string told)
    {
        Assert.Contains(good, Text, StringComparison.Ordinal);
        Expect.Told(told, Compose.Violations(ComposeFile.Parse(Text.Replace(good, bad, StringComparison.Ordinal)), Example));
    }

    [Fact]
    public void Nobody_is_made_to_fill_in_what_has_a_default()
    {
        Assert.Equal(["POSTGRES_PASSWORD", "REDIS_PASSWORD"], ComposeFile.Parse(Text).Interpolated.Where(variable => variable.Required).Select(variable => variable.Name).Order(StringComparer.Ordinal));
    }
}
