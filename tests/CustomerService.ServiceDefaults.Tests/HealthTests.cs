using System.Net;

namespace CustomerService.ServiceDefaults.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task It_lives_always_and_is_ready_between_starting_and_draining()
    {
        await using var process = await RunningProcess.StartAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"starting","reasons":["The process is starting."]}"""), await ReadyAsync(process));
        process.Readiness.MarkReady();
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready","reasons":[]}"""), await ReadyAsync(process));
        process.Readiness.MarkDraining();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"draining","reasons":["The process is shutting down."]}"""), await ReadyAsync(process));
        process.Readiness.MarkReady();
        Assert.Equal("draining", process.Readiness.Report().Status);
        Assert.Equal(HttpStatusCode.OK, (await process.Http.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_check_with_trouble_makes_it_not_ready_and_says_why()
    {
        await using var process = await RunningProcess.StartAsync();
        string? trouble = "The disk is full.";
        process.Readiness.Check("store", () => trouble);
        process.Readiness.Check("model", () => throw new InvalidOperationException("no model"));
        process.Readiness.MarkReady();

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"not_ready","reasons":["model: no model","store: The disk is full."]}"""), await ReadyAsync(process));
        trouble = null;
        process.Readiness.Check("model", () => null);
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(process)).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(RunningProcess process)
    {
        using var answer = await process.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
