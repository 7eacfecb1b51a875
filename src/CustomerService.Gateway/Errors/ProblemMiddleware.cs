using System.Globalization;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Errors;

/// <summary>Turns whatever goes wrong under it into problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && context.Request.Path.StartsWithSegments("/api"))
                await WriteAsync(context, Problems.FromStatus(context.Response.StatusCode, context.Request));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is there to answer.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var problem = Problems.From(fault);
            Log(context, fault, problem);
            context.Response.Clear();
            await WriteAsync(context, problem);
        }
    }

    private static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (problem.AsksForToken)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status == StatusCodes.Status426UpgradeRequired)
            context.Response.Headers.Upgrade = "websocket";
        return context.Response.WriteAsJsonAsync(problem, GatewayJson.Wire.Problem, "application/problem+json", context.RequestAborted);
    }

    private void Log(HttpContext context, Exception fault, Problem problem)
    {
        if (problem.Status < 500)
            return;
        if (fault is StoreUnavailableException or CommandParkedException)
            LogRefused(context.Request.Method, context.Request.Path, problem.Code, fault.Message);
        else
            LogFault(fault, context.Request.Method, context.Request.Path);
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} ended with {Code}: {Reason}")]
    private partial void LogRefused(string method, string path, string code, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(Exception fault, string method, string path);
}
