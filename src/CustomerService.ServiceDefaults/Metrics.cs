using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CustomerService.ServiceDefaults;

/// <summary><c>/metrics</c> for Prometheus, in its text format 0.0.4, from whatever <see cref="Telemetry.AddTelemetry"/> collects.</summary>
public static class Metrics
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Maps the scrape address.</summary>
    /// <param name="beforeScrape">Refreshes figures that must be asked for, such as the length of a queue; its failure doesn't fail the scrape.</param>
    public static IEndpointConventionBuilder MapMetrics(
        this IEndpointRouteBuilder endpoints, string pattern = "/metrics", Func<CancellationToken, ValueTask>? beforeScrape = null) =>
        endpoints.MapGet(pattern, async (HttpContext context) =>
        {
            if (beforeScrape is not null)
                await beforeScrape(context.RequestAborted);

            context.Response.ContentType = ContentType;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(context.RequestServices.GetRequiredService<PrometheusExporter>().Scrape(), context.RequestAborted);
        }).ExcludeFromDescription();
}

/// <summary>Reads all instruments when asked, and writes them as text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _oneAtATime = new();
    private string _text = "";

    /// <summary>Set by the reader.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The present figures in Prometheus' text format.</summary>
    /// <exception cref="InvalidOperationException">The meter provider hasn't been built, or is gone.</exception>
    public string Scrape()
    {
        lock (_oneAtATime)
        {
            return Collect is { } collect && collect(Timeout.Infinite)
                ? _text
                : throw new InvalidOperationException("The metrics could not be collected: the meter provider is not running.");
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
            text.Add(metric);
        _text = text.ToString();
        return ExportResult.Success;
    }
}
