using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CustomerService.ServiceDefaults.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Each_kind_of_instrument_is_written_in_its_form()
    {
        await using var process = await RunningProcess.StartAsync();
        using var meter = new Meter("CustomerService.Tests.Kinds");
        var counter = meter.CreateCounter<long>("kinds.done", "{thing}", "Things\ndone, \\ so far.");
        var upDown = meter.CreateUpDownCounter<long>("kinds.open");
        var time = meter.CreateHistogram<double>("kinds_time", "s", "How long.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] });
        meter.CreateObservableGauge("kinds_level", () => new Measurement<double>(1.5, new KeyValuePair<string, object?>("queue.name", "a\"b\\c\nd")));
        counter.Add(3, new KeyValuePair<string, object?>("channel", "chat"));
        counter.Add(4, new KeyValuePair<string, object?>("channel", "email"));
        upDown.Add(5);
        upDown.Add(-2);
        foreach (var seconds in (double[])[0.1, 0.7, 0.9, 100])
            time.Record(seconds, new KeyValuePair<string, object?>("channel", "chat"));

        var text = await ScrapeAsync(process);

        Assert.Contains(
            """
            # HELP kinds_done_total Things\ndone, \\ so far.
            # TYPE kinds_done_total counter
            kinds_done_total{channel="chat"} 3
            kinds_done_total{channel="email"} 4

            """, text, StringComparison.Ordinal);
        Assert.Contains("# TYPE kinds_open gauge\nkinds_open 3\n", text, StringComparison.Ordinal);
        Assert.Contains("""kinds_level{queue_name="a\"b\\c\nd"} 1.5""" + "\n", text, StringComparison.Ordinal);
        Assert.Contains(
            """
            # HELP kinds_time_seconds How long.
            # TYPE kinds_time_seconds histogram
            kinds_time_seconds_bucket{channel="chat",le="0.5"} 1
            kinds_time_seconds_bucket{channel="chat",le="1"} 3
            kinds_time_seconds_bucket{channel="chat",le="2.5"} 3
            kinds_time_seconds_bucket{channel="chat",le="+Inf"} 4
            kinds_time_seconds_sum{channel="chat"} 101.7
            kinds_time_seconds_count{channel="chat"} 4

            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_and_runtime_are_shown()
    {
        await using var process = await RunningProcess.StartAsync();

        var text = await ScrapeAsync(process);

        foreach (var name in (string[])["dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_collections_total", "dotnet_thread_pool_thread"])
            Assert.Contains($"\n{name}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_go_on_from_scrape_to_scrape_and_are_asked_for_before()
    {
        using var meter = new Meter("CustomerService.Tests.Repeat");
        var counter = meter.CreateCounter<long>("repeat_scrapes");
        await using var process = await RunningProcess.StartAsync(_ =>
        {
            counter.Add(1);
            return ValueTask.CompletedTask;
        });

        Assert.Contains("repeat_scrapes_total 1\n", await ScrapeAsync(process), StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ScrapeAsync(process)));

        Assert.Contains("repeat_scrapes_total 10\n", await ScrapeAsync(process), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_name_of_two_meters_is_one_family_and_of_two_types_only_the_first()
    {
        await using var process = await RunningProcess.StartAsync();
        using var one = new Meter("CustomerService.Tests.One");
        using var two = new Meter("CustomerService.Tests.Two");
        one.CreateUpDownCounter<long>("family_members").Add(1, new KeyValuePair<string, object?>("from", "one"));
        two.CreateUpDownCounter<long>("family_members").Add(1, new KeyValuePair<string, object?>("from", "two"));
        two.CreateHistogram<double>("family.members").Record(1);

        var text = await ScrapeAsync(process);

        Assert.Contains("# TYPE family_members gauge\nfamily_members{from=\"one\"} 1\nfamily_members{from=\"two\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("family_members_bucket", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_time", "s", "histogram", "response_time_seconds")]
    [InlineData("response_time_seconds", "s", "histogram", "response_time_seconds")]
    [InlineData("customer_interactions", "{interaction}", "counter", "customer_interactions_total")]
    [InlineData("customer_interactions_total", null, "counter", "customer_interactions_total")]
    [InlineData("queue_size", null, "gauge", "queue_size")]
    [InlineData("http.server.request.duration", "s", "histogram", "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "counter", "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("dotnet.thread_pool.thread.count", "{thread}", "gauge", "dotnet_thread_pool_thread")]
    [InlineData("hits", "1", "counter", "hits_total")]
    [InlineData("load", "1", "gauge", "load_ratio")]
    [InlineData("7 of 9/x", null, "gauge", "_7_of_9_x")]
    public void Names_follow_the_convention(string instrument, string? unit, string type, string name) =>
        Assert.Equal(name, PrometheusText.NameOf(instrument, unit, type));

    [RequiresFact("promtool")]
    public async Task Promtool_has_nothing_to_say()
    {
        await using var process = await RunningProcess.StartAsync();
        using var meter = new Meter("CustomerService.Tests.Promtool");
        meter.CreateCounter<long>("customer_interactions", "{interaction}", "Customers' messages dealt with, by how.")
            .Add(1, new("channel", "chat"), new("intent", "order_status"), new("resolution_type", "automated"));
        meter.CreateHistogram<double>("response_time", "s", "From acceptance to answer.").Record(0.4, new("channel", "chat"), new("resolution_type", "a \"b\" \\ c\nd"));
        meter.CreateObservableGauge("queue_size", () => new Measurement<long>(2, new("queue_name", "general"), new KeyValuePair<string, object?>("priority", "high")), null, "Who waits.");
        await process.Http.GetAsync(new Uri("/health/live", UriKind.Relative));

        using var promtool = Process.Start(new ProcessStartInfo(Requires.Promtool!, "check metrics")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(await ScrapeAsync(process));
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.True(promtool.ExitCode == 0 && said.Length == 0, said);
    }

    private static async Task<string> ScrapeAsync(RunningProcess process)
    {
        using var answer = await process.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return await answer.Content.ReadAsStringAsync();
    }
}
