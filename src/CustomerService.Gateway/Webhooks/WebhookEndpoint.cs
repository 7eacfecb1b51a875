using System.Buffers;
using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Health;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Voice;
using CustomerService.Channels.Webhooks;
using CustomerService.Gateway.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Webhooks;

/// <summary>
/// Where providers call: <c>/api/channels/ACCOUNT</c>. The account proves the request genuine before anything of it is read; it is answered when all of it is
/// durable. Whoever is refused learns a status and nothing else.
/// </summary>
internal static partial class WebhookEndpoint
{
    /// <summary>More than any provider sends in one request; files are fetched apart.</summary>
    private const int MaxBodyBytes = 3 * 1024 * 1024;

    private static readonly string[] Methods = ["GET", "POST"];

    public static void Map(IEndpointRouteBuilder api) => api.MapMethods("/channels/{account}/{**rest}", Methods, HandleAsync)
        .WithTags("Channels")
        .WithSummary("What a channel's provider calls")
        .WithDescription("The provider's own format, proved by its own signature. Each account of channels.yaml has an address of its own.")
        .Produces(200)
        .ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> HandleAsync(string account, string? rest, HttpContext context, WebhookLimits limits, ILogger<WebhookReading> logger, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (services.GetService<ChannelAccounts>() is not { } accounts || accounts.Find<IWebhookAccount>(account) is not { } found)
            return Results.StatusCode(StatusCodes.Status404NotFound);

        limits.CountCaller(context.Connection.RemoteIpAddress);
        var request = new WebhookRequest(
            context.Request.Method, UrlOf(context.Request, accounts.PublicUrl), (rest ?? "").Trim('/'), HeadersOf(context.Request),
            await BodyAsync(context.Request, cancellation), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var health = services.GetRequiredService<ChannelHealth>();
        switch (found.Read(request))
        {
            case WebhookReading.Refused refused:
                limits.CountRefused(context.Connection.RemoteIpAddress);
                LogRefused(logger, account, refused.Status, refused.Reason);
                health.Of(account).RequestRefused(refused.Status, refused.Reason);
                return Results.StatusCode(refused.Status);
            case WebhookReading.Answered answered:
                return Results.Text(answered.Answer.Body, answered.Answer.MediaType);
            case WebhookReading.Genuine genuine:
                await new WebhookBatch(services.GetRequiredService<IChannelIntake>(), limits).TakeAsync([(found, genuine.Events), .. ForOthers(accounts, found, request, health, logger)], cancellation);
                return genuine.Answer is { } answer ? Results.Text(answer.Body, answer.MediaType) : Results.Ok();
            case WebhookReading.InCall { Call: var call } when found is ICallAccount calls:
                await new WebhookBatch(services.GetRequiredService<IChannelIntake>(), limits).TakeAsync([(found, call.Events)], cancellation);
                var said = await services.GetRequiredService<CallAnswering>().AnswerAsync(calls, call, cancellation);
                return Results.Text(said.Body, said.MediaType);
            default:
                throw new InvalidOperationException("A request is refused, answered, genuine or in a call.");
        }
    }

    /// <summary>What the same request says to accounts that are called for at this one's address. Each proves it by itself, with its own keys.</summary>
    private static IEnumerable<(IWebhookAccount Account, ImmutableArray<ChannelEvent> Events)> ForOthers(
        ChannelAccounts accounts, IWebhookAccount called, WebhookRequest request, ChannelHealth health, ILogger logger)
    {
        foreach (var other in accounts.CalledAt(called))
        {
            switch (other.Read(request))
            {
                case WebhookReading.Genuine genuine:
                    yield return (other, genuine.Events);
                    break;
                case WebhookReading.Refused refused:
                    LogRefused(logger, other.Name, refused.Status, refused.Reason);
                    health.Of(other.Name).RequestRefused(refused.Status, refused.Reason);
                    break;
            }
        }
    }

    /// <summary>As the provider called it: behind a proxy only the owner knows.</summary>
    private static Uri UrlOf(HttpRequest request, Uri? publicUrl) => publicUrl is null
        ? new Uri(request.GetEncodedUrl())
        : new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}{request.PathBase}{request.Path}{request.QueryString}");

    private static ImmutableDictionary<string, string> HeadersOf(HttpRequest request) => request.Headers.ToImmutableDictionary(
        header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MaxBodyBytes)
            throw Problems.BodyTooLarge(MaxBodyBytes);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > MaxBodyBytes)
                throw Problems.BodyTooLarge(MaxBodyBytes);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Account}: a request was refused with {Status} ({Reason})")]
    private static partial void LogRefused(ILogger logger, string account, int status, string reason);
}
