using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerService.ServiceDefaults;

/// <summary>What this process tells about itself, through OpenTelemetry: figures for <c>/metrics</c>, and everything to a collector where one is named.</summary>
public static class Telemetry
{
    /// <summary>The standard variable that names a collector, such as <c>http://localhost:4317</c>. Without it nothing leaves the machine.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Starts with the process and ends with it: traces and metrics of every <c>CustomerService.*</c> source, of ASP.NET Core and of the .NET runtime.</summary>
    /// <param name="serviceName">How this process is called in traces; <c>OTEL_SERVICE_NAME</c> goes before it.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, string serviceName = "customer-service")
    {
        var toCollector = Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 };
        var resource = ResourceBuilder.CreateEmpty().AddService(serviceName).AddTelemetrySdk().AddEnvironmentVariableDetector();

        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton(provider =>
        {
            var builder = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("CustomerService.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddReader(new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>()));
            return (toCollector ? builder.AddOtlpExporter() : builder).Build();
        });
        if (toCollector)
        {
            services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("CustomerService.*", "Microsoft.AspNetCore")
                .AddOtlpExporter()
                .Build());
        }

        return services.AddHostedService<Lifetime>();
    }

    /// <summary>Builds the providers before the first request; the container disposes of them, which sends what is left.</summary>
    private sealed class Lifetime(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<MeterProvider>();
            services.GetService<TracerProvider>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
