using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>Whether this process wants traffic now, and why not.</summary>
/// <remarks>It starts as <c>starting</c>. Draining is final: a process that ends doesn't become ready again.</remarks>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, Func<string?>> _checks = new(StringComparer.Ordinal);
    private readonly Lock _change = new();
    private volatile ReadinessReport _phase = new("starting", ["The process is starting."]);

    /// <summary>Everything is up: from now on only the checks decide.</summary>
    public void MarkReady() => Enter(new ReadinessReport("ready", []));

    /// <summary>The process is ending: no new traffic, please.</summary>
    public void MarkDraining(string reason = "The process is shutting down.") => Enter(new ReadinessReport("draining", [reason]));

    /// <summary>Adds or replaces a check, asked each time; it must be quick. It answers with the trouble in one sentence, or null when all is well.</summary>
    public void Check(string name, Func<string?> trouble) => _checks[name] = trouble;

    /// <summary>What <c>/health/ready</c> says now.</summary>
    public ReadinessReport Report()
    {
        if (_phase is { Status: not "ready" } phase)
            return phase;

        var reasons = _checks.OrderBy(check => check.Key, StringComparer.Ordinal)
            .Select(check => Ask(check.Value) is { } trouble ? $"{check.Key}: {trouble}" : null)
            .OfType<string>()
            .ToImmutableArray();
        return new ReadinessReport(reasons.IsEmpty ? "ready" : "not_ready", reasons);
    }

    private static string? Ask(Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    }

    private void Enter(ReadinessReport phase)
    {
        lock (_change)
        {
            if (_phase.Status != "draining")
                _phase = phase;
        }
    }
}

/// <param name="Status"><c>starting</c>, <c>ready</c>, <c>not_ready</c> or <c>draining</c>.</param>
/// <param name="Reasons">Why it isn't ready; empty when it is.</param>
public sealed record ReadinessReport(string Status, ImmutableArray<string> Reasons);

/// <summary><c>/health/live</c> answers while the process lives; <c>/health/ready</c> says whether to send it traffic.</summary>
public static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", (HttpContext context) => Answer(context, new ReadinessReport("live", []), StatusCodes.Status200OK))
            .ExcludeFromDescription();
        endpoints.MapGet("/health/ready", (HttpContext context) =>
        {
            var report = context.RequestServices.GetRequiredService<Readiness>().Report();
            return Answer(context, report, report.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
        return endpoints;
    }

    private static Task Answer(HttpContext context, ReadinessReport report, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(report, HealthJson.Default.ReadinessReport, cancellationToken: context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
